"""Servers on ports of their own, each with a folder that it serves to those who publish. Stopped by whoever started
them."""
import os
import pathlib
import shutil
import socket
import subprocess
import time

PASSWORD = "nicht-geheim"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def program(name):
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if not found:
        raise RuntimeError(f"{name} is not installed: run scripts/setup --tests")
    return found


class Server:
    """`kind` and `to` are for content/publish.yaml; `folder` is where the files arrive."""
    process = None
    blinks = False  # a file that is renamed onto another is missing for a moment: nobody but the server can help it

    def __init__(self, room):
        self.room = pathlib.Path(room)
        self.folder = self.room / "www" / "site"
        self.environment = {}
        (self.room / "www").mkdir(parents=True)

    def start(self, *command):
        self.log = open(self.room / "server.log", "wb")
        self.process = subprocess.Popen(list(map(str, command)), stdout=self.log, stderr=self.log,
                                        stdin=subprocess.DEVNULL)

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


class Directory(Server):
    kind = "directory"

    def __init__(self, room):
        super().__init__(room)
        self.to = str(self.folder)


class Ssh(Server):
    kind = "rsync"

    def __init__(self, room):
        super().__init__(room)
        port, user = free_port(), os.environ.get("USER") or subprocess.check_output(["id", "-un"]).decode().strip()
        for key in ("host", "mine", "other"):
            subprocess.run([program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", self.room / key], check=True)
        shutil.copy(self.room / "mine.pub", self.room / "authorized")
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        (self.room / "sshd.conf").write_text(
            f"Port {port}\nListenAddress 127.0.0.1\nHostKey {self.room}/host\nAuthorizedKeysFile {self.room}/authorized\n"
            f"PidFile none\nUsePAM no\nStrictModes no\nPasswordAuthentication no\nPermitRootLogin yes\n"
            f"MaxStartups 100\n")
        host = (self.room / "host.pub").read_text().split()[:2]
        (self.room / "known").write_text(f"[127.0.0.1]:{port} {' '.join(host)}\n")
        self.write_client(port, "mine", "known")
        self.environment = {"RSYNC_RSH": f"ssh -F {self.room}/ssh.conf"}
        self.port, self.to = port, f"{user}@127.0.0.1:{self.folder}"
        self.start(program("sshd"), "-D", "-e", "-f", self.room / "sshd.conf")
        wait_for(port, self.process)

    def write_client(self, port, key, known):
        (self.room / "ssh.conf").write_text(
            f"Host *\n  Port {port}\n  IdentityFile {self.room}/{key}\n  IdentitiesOnly yes\n  BatchMode yes\n"
            f"  UserKnownHostsFile {self.room}/{known}\n  StrictHostKeyChecking yes\n  ConnectTimeout 10\n")


class Rclone(Server):
    kind = "rclone"

    def configure(self, **settings):
        password = subprocess.check_output([program("rclone"), "obscure", PASSWORD]).decode().strip()
        lines = [f"{key} = {value}" for key, value in {**settings, "pass": password}.items()]
        (self.room / "rclone.conf").write_text("[host]\n" + "\n".join(lines) + "\n")
        self.environment = {"RCLONE_CONFIG": str(self.room / "rclone.conf")}


class WebDav(Rclone):
    blinks = True  # rclone serve removes the other file first, and so does its sftp

    def __init__(self, room):
        super().__init__(room)
        port = free_port()
        self.configure(type="webdav", url=f"http://127.0.0.1:{port}", vendor="other", user="web")
        self.to = "host:site"
        self.start(program("rclone"), "serve", "webdav", self.room / "www", "--addr", f"127.0.0.1:{port}",
                   "--user", "web", "--pass", PASSWORD, "--config", "/dev/null")
        wait_for(port, self.process)


class Sftp(Rclone):
    blinks = True

    def __init__(self, room):
        super().__init__(room)
        port = free_port()
        self.configure(type="sftp", host="127.0.0.1", port=port, user="web")
        self.to = "host:site"
        self.start(program("rclone"), "serve", "sftp", self.room / "www", "--addr", f"127.0.0.1:{port}",
                   "--user", "web", "--pass", PASSWORD, "--config", "/dev/null", "--cache-dir", self.room / "cache")
        wait_for(port, self.process)


class Ftp(Rclone):
    """Anonymous, since vsftpd's users are those of the machine; run by root or as whoever tests."""

    def __init__(self, room):
        super().__init__(room)
        port, root = free_port(), os.geteuid() == 0
        (self.room / "empty").mkdir()
        if root:
            shutil.chown(self.room / "www", "ftp")
            self.folder = self.room / "www" / "www" / "site"
            shutil.chown(self.room / "www", "root")
            (self.room / "www" / "www").mkdir()
            shutil.chown(self.room / "www" / "www", "ftp")
        for folder in (self.room, self.room / "www"):
            folder.chmod(0o755)
        (self.room / "vsftpd.conf").write_text(
            f"listen=YES\nlisten_address=127.0.0.1\nlisten_port={port}\nbackground=NO\nanonymous_enable=YES\n"
            f"anon_root={self.room}/www\nanon_upload_enable=YES\nanon_mkdir_write_enable=YES\n"
            f"anon_other_write_enable=YES\nanon_umask=022\nwrite_enable=YES\nno_anon_password=YES\nftp_username=ftp\n"
            f"pasv_address=127.0.0.1\nseccomp_sandbox=NO\nsecure_chroot_dir={self.room}/empty\nxferlog_enable=NO\n"
            f"run_as_launching_user={'NO' if root else 'YES'}\nmax_per_ip=50\n")
        self.configure(type="ftp", host="127.0.0.1", port=port, user="anonymous")
        self.to = "host:www/site" if root else "host:site"
        self.start(program("vsftpd"), self.room / "vsftpd.conf")
        wait_for(port, self.process)


SERVERS = {"directory": Directory, "rsync": Ssh, "ftp": Ftp, "webdav": WebDav, "sftp": Sftp}
