"""Finished releases for tests of publishing: small sites whose files say what they point to, with a true manifest."""
import hashlib
import json
import pathlib
import random
import shutil


def mark(text, length=8):
    return hashlib.sha256(text.encode()).hexdigest()[:length]


class Site:
    """People by id, each with the version of a story; one line of a file names one file."""

    def __init__(self, people, style=1):
        self.people, self.style = dict(people), style

    def changed(self, dice):
        """Somebody comes, somebody goes, somebody has a new portrait; now and then the style is another."""
        people = dict(self.people)
        people[f"n{dice.randrange(10 ** 6)}"] = 1
        if len(people) > 8:
            del people[dice.choice(sorted(people))]
        people[dice.choice(sorted(people))] += 1
        return Site(people, self.style + dice.choice([0, 0, 1]))

    def files(self):
        files, sheet = {}, f"static/hall-{mark(str(self.style))}.css"
        files[sheet] = "body{}\n"
        files["static/tones.css"] = f"tones {len(self.people)}\n"
        links, before = [], "index.html"
        for name, version in sorted(self.people.items()):
            picture = f"media/{name}-{mark(name + str(version))}-320.jpg"
            files[picture] = picture * 400 + "\n"
            page = f"people/{name}.html"
            files[page] = page_of(f"{name} {version}", [picture, before, sheet, "static/tones.css"])
            links += [page, picture]
            before = page
        files["people/index.html"] = page_of("people", [sheet, "index.html", *links])
        pages = [link for link in links if link.endswith(".html")]
        shard = page_of("shard", pages)
        piece = f"search/c-0-{mark(shard, 6)}.js"
        files[piece] = shard
        files["search/index.js"] = page_of("search", [piece])
        files["honors/roll-1.js"] = page_of("roll", pages)
        files["sitemap.xml"] = page_of("sitemap", pages)
        files["index.html"] = page_of(f"home {len(pages)}", ["people/index.html", "search/index.js",
                                                            "honors/roll-1.js", before, sheet])
        return files


def page_of(title, links):
    return "".join(f"{line}\n" for line in [f"# {title}", *links, "end"])


def links_of(path, text):
    if not path.endswith((".html", ".js", ".xml")):
        return []
    return [line for line in text.split("\n") if line and line != "end" and not line.startswith("#")]


def first_site():
    return Site({f"p{i}": 1 for i in range(8)})


def write_release(folder, files, **facts):
    """The folder holds those files and nothing else, as a build leaves it."""
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    listed = {}
    for path, text in sorted(files.items()):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
        listed[path] = {"size": len(text.encode()),
                        "blake2b": hashlib.blake2b(text.encode(), digest_size=32).hexdigest()}
    manifest = {"format": 1, "generator": "qunying 0.1.0", "audience": "web", "as_of": "2026-07-01", "preview": "no"}
    manifest.update(facts)
    manifest["files"] = listed
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2))


def tree(folder):
    folder = pathlib.Path(folder)
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def dice(seed):
    return random.Random(seed)
