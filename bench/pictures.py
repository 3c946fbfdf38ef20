"""Photographs: the same eight files of each, made by qunying, by the peers and by libvips alone."""
import os
import shutil
import subprocess

import floors
import measure
from programs import HERE, answer, put_aside
from race import Entry, write

SIZES = ((3000, 4000), (4248, 5664))  # 12 and 24 megapixels, upright as portraits are
PHOTOGRAPHS_OF_EACH, OF_EACH_WHEN_QUICK = 12, 1
WIDTHS = [320, 640, 960, 1600]
CODEC_WIDTH, CODEC_PHOTOGRAPHS = 960, 6

PERSON = """---
name: 样例{number}
sex: 女
birth: 1949-09
former_post: 样例局退休干部
retire_kind: 退休
life: living
source: 样例
consent: {{basis: 本人授权, text: yes, portrait: yes, signer: 本人, date: 2025-03-01, scope: [互联网, 场馆]}}
portrait: {{file: portrait.jpg, alt: 近照, photographer: 样例}}
status: approved
visibility: public
---
"""
SETTINGS = "title: 照片\norganisation: 样例\ntheme: pictures\n"
THEME = """recipes:
  photo: {{widths: {widths}, {crop}formats: [jpeg, webp], jpeg_quality: 80, webp_quality: 78, use: [person.portrait]}}
"""
CROPS = {"qunying": 'ratio: "3:4", crop: portrait, ', "qunying, uncropped": ""}


def make_photographs(scratch, of_each):
    """Once: 24 files take a minute or two."""
    folder = f"{scratch}/photographs-{of_each}"
    if not os.path.isdir(folder):
        os.makedirs(f"{folder}.new", exist_ok=True)
        maker = floors.build("photographs", scratch)
        for width, height in SIZES:
            subprocess.run([maker, f"{folder}.new", str(of_each), str(width), str(height)], check=True)
        os.rename(f"{folder}.new", folder)
    return sorted(f"{folder}/{name}" for name in os.listdir(folder))


def make_site(folder, photographs, crop):
    """People with nothing but a portrait, in the race theme with another recipe."""
    shutil.rmtree(folder, ignore_errors=True)
    theme = f"{folder}/themes/pictures"
    shutil.copytree(f"{HERE}/themes/qunying", theme)
    kept = measure.read(f"{theme}/theme.yaml").rpartition("without:")
    write(f"{theme}/theme.yaml", THEME.format(widths=WIDTHS, crop=crop) + "without:" + kept[2])
    for number, photograph in enumerate(photographs):
        person = f"{folder}/content/people/person-{number:02}"
        os.makedirs(person)
        write(f"{person}/index.md", PERSON.format(number=number))
        shutil.copy(photograph, f"{person}/portrait.jpg")
    write(f"{folder}/content/site.yaml", SETTINGS)
    return folder


def make_hugo(folder, photographs):
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(f"{HERE}/themes/hugo-pictures", folder)
    os.makedirs(f"{folder}/assets/portraits")
    for photograph in photographs:
        shutil.copy(photograph, f"{folder}/assets/portraits")
    return folder


def fresh(scratch, *folders):
    """Each run finds its folder of outputs empty."""
    def before(_round):
        for folder in folders:
            put_aside(folder, scratch)
    return before


def fresh_folder(scratch, folder):
    def before(number):
        fresh(scratch, folder)(number)
        os.makedirs(folder)
    return before


class Pictures:
    """All that is needed to race with photographs."""

    def __init__(self, bench):
        self.bench, self.scratch = bench, bench.scratch
        self.files = make_photographs(bench.scratch, OF_EACH_WHEN_QUICK if bench.quick else PHOTOGRAPHS_OF_EACH)
        self.names = {peer.name: peer for peer in bench.peers}

    def ours(self):
        for name, crop in CROPS.items():
            site = make_site(f"{self.scratch}/pictures-{'cropped' if crop else 'whole'}", self.files, crop)
            yield Entry(name, self.bench.ours.command(site), site, lambda _, site=site: self.bench.ours.clear(site))

    def into_folder(self, name, command):
        folder = f"{self.scratch}/made by {name}".replace(" ", "-")
        where = self.names["eleventy"].folder if name in ("sharp", "eleventy-img") else self.scratch
        return Entry(name, [word.replace("$OUT", folder) for word in command], where, fresh_folder(self.scratch, folder))

    def floor(self):
        program = floors.build("picture_floor", self.scratch)
        return self.into_folder("libvips alone", [program, "chain", str(os.cpu_count()), "$OUT", *self.files])

    def thumbnails(self):
        """As its manual has it: one process an output, as many at a time as there are cores."""
        outputs = [("jpg", "Q=80,optimize_coding,strip"), ("webp", "Q=78,strip")]
        lines = "".join(f"{file} {width} $OUT/{os.path.basename(file)[:-4]}-{width}.{kind}[{options}]\n"
                        for file in self.files for width in WIDTHS for kind, options in outputs)
        entry = self.into_folder("vipsthumbnail", ["xargs", "-a", f"{self.scratch}/thumbnails.txt", "-P", str(os.cpu_count()),
                                 "-L", "1", "sh", "-c", 'VIPS_CONCURRENCY=1 vipsthumbnail "$0" --size "$1x" --eprofile srgb -o "$2"'])
        write(f"{self.scratch}/thumbnails.txt", lines.replace("$OUT", f"{self.scratch}/made-by-vipsthumbnail"))
        return entry

    def hugo(self):
        site = make_hugo(f"{self.scratch}/hugo-pictures", self.files)
        return Entry("hugo", self.names["hugo"].command(site), site,
                     fresh(self.scratch, f"{site}/public", f"{site}/resources"))

    def node(self, mode, name):
        script = f"{HERE}/sharp_pictures.mjs"
        return self.into_folder(name, [self.names["eleventy"].node, script, mode, "$OUT", *self.files])

    def entries(self):
        found = [*self.ours(), self.floor()]
        if shutil.which("vipsthumbnail"):
            found.append(self.thumbnails())
        if "eleventy" in self.names:
            found += [self.node("sharp", "sharp"), self.node("eleventy", "eleventy-img")]
        return found + ([self.hugo()] if "hugo" in self.names else [])


def outputs_of(entry, scratch):
    """What was made, in files and MB."""
    folders = {"qunying": "public/media", "qunying, uncropped": "public/media", "hugo": "public"}
    folder = f"{entry.folder}/{folders[entry.name]}" if entry.name in folders else f"{scratch}/made by {entry.name}".replace(" ", "-")
    made = [f"{where}/{name}" for where, _, names in os.walk(folder) for name in names if name.endswith((".jpg", ".jpeg", ".webp"))]
    return {"pages": 0, "files": len(made), "MB": round(sum(map(os.path.getsize, made)) / 1e6, 1)}


def codecs(bench):
    """A row for each setting of an encoder."""
    files = make_photographs(bench.scratch, OF_EACH_WHEN_QUICK if bench.quick else PHOTOGRAPHS_OF_EACH)[:CODEC_PHOTOGRAPHS]
    command = [floors.build("picture_floor", bench.scratch), "codecs", str(CODEC_WIDTH), *files]
    return command, [line.split("\t") for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()]


def versions():
    return {"vipsthumbnail": answer("vipsthumbnail", "--vips-version")} if shutil.which("vipsthumbnail") else {}
