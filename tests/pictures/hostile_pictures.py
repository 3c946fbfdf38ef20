#!/usr/bin/env python3
"""Makes odd and hostile files that are named like photographs: hostile_pictures.py FOLDER [COUNT] [all|quick].

The same files in every run. FOLDER/list.txt says of each, tab between: its name; what must become of it: `made` (a
photograph that is only odd), `refused`, or `either` where damage may or may not show. `quick` leaves out those that
take a worker seconds, or this script. Pictures to spoil come from ImageMagick, heif-enc and ffmpeg.
"""
import functools
import io
import os
import pathlib
import random
import struct
import subprocess
import sys
import zipfile
import zlib

from PIL import Image

MADE, REFUSED, EITHER = "made", "refused", "either"
SEEDS = ["a.jpg", "progressive.jpg", "cmyk.jpg", "grey.jpg", "a.png", "interlaced.png", "deep.png", "palette.png", "clear.png",
         "a.webp", "lossless.webp", "moving.webp", "a.gif", "moving.gif", "a.tif", "lzw.tif", "pages.tif", "jpeg.tif",
         "a.heic", "clear.heic", "burst.heic", "a.avif", "deep.avif"]


def seeds(folder):
    """Small good pictures of every kind, by name."""
    commands = """
        convert -size 160x120 -seed 1 plasma:red-blue -depth 8 png24:a.png
        convert a.png -quality 90 a.jpg
        convert a.png -quality 90 -interlace JPEG progressive.jpg
        convert a.png -quality 90 -colorspace CMYK cmyk.jpg
        convert a.png -quality 90 -colorspace Gray grey.jpg
        convert a.png -interlace PNG interlaced.png
        convert -size 160x120 -seed 2 plasma:red-blue -depth 16 -define png:bit-depth=16 -define png:color-type=2 deep.png
        convert a.png -colors 60 png8:palette.png
        convert a.png -alpha on -channel A -evaluate set 60% +channel png32:clear.png
        convert a.png -quality 80 a.webp
        convert a.png -define webp:lossless=true lossless.webp
        convert -delay 10 a.png interlaced.png moving.webp
        convert a.png a.gif
        convert -delay 10 a.png interlaced.png moving.gif
        convert a.png -compress None a.tif
        convert a.png -compress LZW lzw.tif
        convert a.png interlaced.png -compress Zip pages.tif
        convert a.png -compress JPEG jpeg.tif
        heif-enc a.png -o a.heic
        heif-enc clear.png -o clear.heic
        heif-enc a.png interlaced.png -o burst.heic
        heif-enc -A a.png -o a.avif
        ffmpeg -v error -i deep.png -pix_fmt yuv420p10le -c:v libaom-av1 -still-picture 1 deep.avif
        convert -size 1x1 xc:red one.jpg
        convert -size 1x1 xc:red one.png
        convert -size 1x1 xc:red one.webp
        convert -size 1x1 xc:red one.gif
        convert -size 1x1 xc:red one.tif
        convert -size 3x7 xc:red three.png
        convert -size 20x20 xc:red bmp3:a.bmp
        convert -size 20x20 xc:red a.ico
        convert -size 20x20 xc:red a.psd
        convert -size 20x20 xc:red a.ppm
        convert -size 20x20 xc:red a.pcx
        convert -size 20x20 xc:red a.tga
        convert -size 20x20 xc:red a.xpm
        convert -size 20x20 xc:red a.fits
        convert -size 20x20 xc:red a.jp2
        convert -size 20x20 xc:red a.hdr
        convert -size 20x20 xc:red a.sgi
        convert -size 20x20 xc:red a.miff
    """
    for command in commands.strip().splitlines():
        subprocess.run(command.split(), cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # ImageMagick as Debian sets it up makes nothing that is wider than 16,000 pixels.
    for ending, longest in (("jpg", 30_000), ("png", 30_000), ("gif", 30_000), ("tif", 30_000), ("webp", 16_383)):
        Image.new("RGB", (1, longest), "red").save(folder / f"tall.{ending}")
        Image.new("RGB", (longest, 1), "red").save(folder / f"wide.{ending}")
    Image.new("RGB", (65_500, 2), "red").save(folder / "widest.jpg")
    return {path.name: path.read_bytes() for path in sorted(pathlib.Path(folder).iterdir())}


# --- how the formats are put together -------------------------------------------------------------

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, data, depth=8, colour=2, interlace=0, before=b"", between=b""):
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + before + chunk(b"IDAT", data) + between + chunk(b"IEND", b"")


def with_chunk(file, kind, data):
    """A PNG with one more chunk after its head."""
    return file[:33] + chunk(kind, data) + file[33:]


@functools.lru_cache(maxsize=8)
def zeros(count):
    """`count` zero bytes, deflated without ever being in memory."""
    packer, out, block = zlib.compressobj(9), [], bytes(1 << 20)
    for _ in range(count >> 20):
        out.append(packer.compress(block))
    out.append(packer.compress(bytes(count & (1 << 20) - 1)))
    return b"".join(out) + packer.flush()


def segment(marker, data):
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def with_segments(file, *segments):
    """A JPEG with more segments at its beginning."""
    return file[:2] + b"".join(segments) + file[2:]


def icc_segment(profile, number=1, of=1):
    return segment(0xE2, b"ICC_PROFILE\0" + bytes([number, of]) + profile)


def profile(space=b"RGB ", size=None, tags=b"", count=0, kind=b"mntr"):
    body = struct.pack(">I", count) + tags
    head = struct.pack(">I4sI4s4s4s", size or 128 + len(body), b"lcms", 0x02100000, kind, space, b"XYZ ") + bytes(12) + b"acsp"
    return head + bytes(128 - len(head)) + body


def exif(entries, following=0, endian="<"):
    """A block of EXIF with one directory; entries are (tag, type, count, four bytes)."""
    head = b"II*\0" if endian == "<" else b"MM\0*"
    body = head + struct.pack(endian + "IH", 8, len(entries))
    for tag, kind, count, value in entries:
        body += struct.pack(endian + "HHI", tag, kind, count) + value
    return b"Exif\0\0" + body + struct.pack(endian + "I", following)


def tiff(entries, data=b"", following=0, endian="<", pages=1):
    """A TIFF whose directory stands at 8; `data` follows it. Values are numbers; lists are put behind the data."""
    head = (b"II*\0" if endian == "<" else b"MM\0*") + struct.pack(endian + "I", 8)
    table = struct.pack(endian + "H", len(entries))
    for tag, kind, count, value in entries:
        table += struct.pack(endian + "HHII", tag, kind, count, value & 0xFFFFFFFF)
    return head + table + struct.pack(endian + "I", following) + data


def tiff_of(width, height, more=(), data=bytes(300), replace=None):
    start = 8 + 2 + 12 * (10 + len(more)) + 4
    entries = {256: (4, 1, width), 257: (4, 1, height), 258: (3, 1, 8), 259: (3, 1, 1), 262: (3, 1, 1), 273: (4, 1, start),
               277: (3, 1, 1), 278: (4, 1, height), 279: (4, 1, len(data)), 284: (3, 1, 1)}
    entries.update(replace or {})
    entries.update({tag: rest for tag, *rest in more})
    return tiff([(tag, *rest) for tag, rest in sorted(entries.items())], data)


def gif(width, height, frames=b"", colours=b"\0\0\0\xff\xff\xff"):
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + colours + frames + b";"


GIF_PIXEL = b"\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"


def riff(*chunks):
    body = b"WEBP" + b"".join(kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) & 1) for kind, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, kind) + body


# --- odd and hostile files ------------------------------------------------------------------------

def not_photographs(known):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", "a")
    texts = {
        "svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>',
        "svg-gzip": zlib.compress(b"<svg/>"), "html": b"<!doctype html><html><script>alert(1)</script>", "pdf": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n",
        "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n", "zip": archive.getvalue(),
        "exe": b"MZ\x90\0" + bytes(300), "elf": b"\x7fELF\2\1\1" + bytes(300), "class": b"\xca\xfe\xba\xbe" + bytes(60),
        "text": "这不是照片。".encode(), "gbk": "这不是照片。".encode("gbk"), "utf16": "\ufeff这不是照片".encode("utf-16-le"), "json": b'{"a": 1}',
        "shell": b"#!/bin/sh\nrm -rf /\n", "mvg": b"push graphic-context\nviewbox 0 0 9 9\nimage over 0,0 0,0 'https://example.com/x'\npop graphic-context\n",
        "msl": b'<?xml version="1.0"?><image><read filename="/etc/passwd"/></image>', "matrix": b"3 3\n1 2 3\n4 5 6\n7 8 9\n", "csv": b"1,2,3\n4,5,6\n",
        "vips": b"\x08\xf2\xa6\xb6" + bytes(200), "vips-swapped": b"\xb6\xa6\xf2\x08" + bytes(200), "raw-zeros": bytes(5000), "noise": random.Random(5).randbytes(5000),
        "mp4": box(b"ftyp", b"mp42\0\0\0\0mp42isom") + box(b"moov", bytes(50)), "mov": box(b"ftyp", b"qt  \0\0\0\0"), "mp3": b"ID3\3\0\0\0\0\0\0" + bytes(99),
        "wav": b"RIFF\x24\0\0\0WAVEfmt " + bytes(99), "office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "rar": b"Rar!\x1a\7\0" + bytes(40),
        "jxl": b"\xff\x0a" + bytes(40), "jxl-box": b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(40), "exr": b"\x76\x2f\x31\x01" + bytes(90), "djvu": b"AT&TFORM" + bytes(40),
        "wmf": b"\xd7\xcd\xc6\x9a" + bytes(40), "emf": b"\1\0\0\0" + bytes(40) + b" EMF", "nifti": b"\x5c\1\0\0" + bytes(344) + b"n+1\0", "openslide": b"MIRAX", "dds": b"DDS |\0\0\0",
        "dicom": bytes(128) + b"DICM" + bytes(90), "bpg": b"BPG\xfb" + bytes(40), "flif": b"FLIF" + bytes(40), "qoi": b"qoif" + bytes(40), "ani": b"RIFF\x24\0\0\0ACON" + bytes(40), "lnk": b"L\0\0\0\1\x14\2\0" + bytes(60),
    }
    for name, data in texts.items():
        yield name, "jpg", REFUSED, data
    for name in ("a.bmp", "a.ico", "a.psd", "a.ppm", "a.pcx", "a.tga", "a.xpm", "a.fits", "a.jp2", "a.hdr", "a.sgi", "a.miff"):
        yield "really-" + name[2:], "jpg", REFUSED, known[name]
    # A photograph of another kind than its name says is a photograph.
    for name, ending in (("a.png", "jpg"), ("a.jpg", "png"), ("a.webp", "jpg"), ("a.heic", "jpg"), ("a.gif", "png"), ("a.avif", "heic"), ("a.tif", "jpg"), ("a.jpg", "heic")):
        yield "named-otherwise-" + name[2:], ending, MADE, known[name]


def almost_nothing(_known):
    yield "empty", "jpg", REFUSED, b""
    for name, start in (("jpg", b"\xff\xd8\xff"), ("png", b"\x89PNG\r\n\x1a\n"), ("webp", b"RIFF\0\0\0\0WEBP"), ("gif", b"GIF89a"), ("tif", b"II*\0"), ("tif", b"MM\0*"),
                        ("heic", box(b"ftyp", b"heic\0\0\0\0mif1heic")), ("avif", box(b"ftyp", b"avif\0\0\0\0mif1avif"))):
        yield "only-signature", name, REFUSED, start
        yield "signature-and-zeros", name, REFUSED, start + bytes(4000)
        yield "signature-and-noise", name, REFUSED, start + random.Random(6).randbytes(4000)
    for number in (0x00, 0x0A, 0x20, 0x41, 0xFF):
        yield f"one-byte-{number:02x}", "jpg", REFUSED, bytes([number])


def shapes(known):
    for name in ("one.jpg", "one.png", "one.webp", "one.gif", "one.tif", "tall.jpg", "wide.jpg", "tall.png", "wide.png", "tall.webp", "wide.webp", "tall.gif", "wide.gif", "tall.tif", "wide.tif",
                 "three.png", "widest.jpg"):
        yield name.split(".")[0], name.split(".")[1], MADE, known[name]


def huge_headers(known):
    for side in (10_001, 50_000, 1_000_000, 0x7FFFFFFF, 0xFFFFFFFF, 0):
        other = side if side != 10_001 else 10_000
        yield f"size-{side}", "png", REFUSED, png(side, other, zeros(4000))
        yield f"size-{side}-16-bits", "png", REFUSED, png(side, other, zeros(4000), depth=16, colour=6, interlace=1)
        yield f"size-{side}", "tif", REFUSED, tiff_of(side, other)
    start = known["a.jpg"].index(b"\xff\xc0") + 5
    for height, width in ((65_500, 65_500), (65_535, 65_535), (0, 160), (120, 0), (10_001, 10_000)):
        yield f"size-{width}-{height}", "jpg", REFUSED, known["a.jpg"][:start] + struct.pack(">HH", height, width) + known["a.jpg"][start + 4:]
    for side in (65_535, 30_000):
        # A screen far larger than what is on it is made as large as that.
        yield f"size-{side}", "gif", EITHER, gif(side, side, GIF_PIXEL)
    for side in (16_384, 1 << 24):
        head = b"\0\0\0\0" + struct.pack("<I", side - 1)[:3] + struct.pack("<I", side - 1)[:3]
        yield f"size-{side}", "webp", REFUSED, riff((b"VP8X", head), (b"VP8 ", known["a.webp"][20:]))
    for name in ("a.heic", "a.avif"):
        at = known[name].index(b"ispe") + 8
        for side in (7_072, 100_000, 0x7FFFFFFF, 0xFFFFFFFF, 0):
            yield f"size-{side}", name[2:], REFUSED, known[name][:at] + struct.pack(">II", side, side) + known[name][at + 8:]


def light_bombs(known):
    """Small files that unpack to much."""
    yield "bomb-profile", "png", EITHER, with_chunk(known["a.png"], b"iCCP", b"a\0\0" + zeros(300 << 20))
    yield "bomb-text", "png", EITHER, with_chunk(known["a.png"], b"zTXt", b"a\0\0" + zeros(300 << 20))
    yield "bomb-international-text", "png", EITHER, with_chunk(known["a.png"], b"iTXt", b"a\0\1\0\0\0" + zeros(300 << 20))
    yield "many-texts", "png", EITHER, known["a.png"][:33] + chunk(b"tEXt", b"a\0b") * 60_000 + known["a.png"][33:]
    yield "many-chunks", "png", EITHER, known["a.png"][:33] + chunk(b"abCd", b"") * 60_000 + known["a.png"][33:]
    yield "too-much-data", "png", EITHER, png(9, 9, zeros(50 << 20))
    yield "one-bit", "png", MADE, png(9_000, 9_000, zeros(9_000 * 1_126), depth=1, colour=0)
    yield "animation-control", "png", EITHER, with_chunk(known["a.png"], b"acTL", struct.pack(">II", 0xFFFFFFFF, 0))
    scan = known["progressive.jpg"]
    sos = scan.index(b"\xff\xda")
    yield "many-scans", "jpg", EITHER, scan[:-2] + scan[sos:-2] * 200 + b"\xff\xd9"
    yield "no-end", "jpg", REFUSED, scan[:-2] + scan[sos:-2] * 3
    yield "many-frames", "gif", EITHER, gif(1, 1, GIF_PIXEL * 20_000)
    yield "loose-frame", "gif", EITHER, gif(10, 10, b"\x2c\xf0\xff\xf0\xff\1\0\1\0\0\2\2\x44\1\0")
    yield "no-frame", "gif", REFUSED, gif(10, 10)
    yield "endless-extension", "gif", REFUSED, gif(10, 10, b"\x21\xfe" + b"\xff" * 90_000)
    yield "wrong-code-size", "gif", EITHER, gif(1, 1, b"\x2c\0\0\0\0\1\0\1\0\0\x0c\2\x44\1\0")
    deflated = zeros(200 << 20)
    yield "bomb-strip", "tif", EITHER, tiff_of(10, 10, data=deflated, replace={259: (3, 1, 8)})
    yield "bomb-lzma-asked", "tif", EITHER, tiff_of(10, 10, replace={259: (3, 1, 34925)})


def heavy_bombs(known):
    """What costs a worker seconds or its memory."""
    for interlace in (0, 1):
        yield f"bomb-16-bits-{interlace}", "png", EITHER, png(9_900, 9_900, zeros(9_900 * (9_900 * 8 + 1)), depth=16, colour=6, interlace=interlace)
    yield "bomb-grey", "png", EITHER, png(9_999, 9_999, zeros(9_999 * 10_000), colour=0, interlace=1)
    yield "bomb-50000", "png", REFUSED, png(50_000, 50_000, zeros(50_000 * 6_251), depth=1, colour=0)
    yield "bomb-canvas", "gif", EITHER, gif(10_000, 9_900, GIF_PIXEL)
    yield "bomb-canvas-frames", "gif", EITHER, gif(9_000, 9_000, GIF_PIXEL * 50)
    scan = known["progressive.jpg"]
    sos, size = scan.index(b"\xff\xda"), scan.index(b"\xff\xc2") + 5
    large = scan[:size] + struct.pack(">HH", 9_900, 10_000) + scan[size + 4:]
    yield "bomb-scans", "jpg", REFUSED, large[:-2] + scan[sos:-2] * 2_000 + b"\xff\xd9"
    yield "bomb-scans-small", "jpg", EITHER, scan[:-2] + scan[sos:-2] * 20_000 + b"\xff\xd9"
    baseline = known["a.jpg"]
    at = baseline.index(b"\xff\xc0") + 5
    yield "bomb-little-data", "jpg", REFUSED, baseline[:at] + struct.pack(">HH", 9_900, 10_000) + baseline[at + 4:]
    yield "bomb-strips", "tif", EITHER, tiff_of(10_000, 9_900, data=zeros(10_000 * 9_900), replace={259: (3, 1, 8)})
    yield "bomb-animation", "webp", EITHER, riff((b"VP8X", b"\2\0\0\0" + b"\xff\x3f\0" * 2), (b"ANIM", bytes(6)), *[(b"ANMF", bytes(6) + b"\x9f\0\0\x77\0\0" + bytes(4) + known["a.webp"][12:])] * 3_000)
    yield "bomb-flat", "avif", EITHER, flat("avif", 7_000)
    yield "bomb-flat", "heic", EITHER, flat("heic", 7_000)


def flat(ending, side):
    folder = os.environ["HOSTILE_SEEDS"]
    pathlib.Path(folder, "flat.png").write_bytes(png(side, side, zeros(side * (side * 3 + 1))))
    speed = ["-p", "speed=9"] if ending == "avif" else ["-p", "preset=ultrafast"]
    subprocess.run(["heif-enc", *(["-A"] if ending == "avif" else []), *speed, "flat.png", "-o", "flat." + ending], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return pathlib.Path(folder, "flat." + ending).read_bytes()


def side_blocks(known):
    """EXIF, XMP, ICC and the like: huge, broken, lying. The pixels are good, so the picture must be made, with or without
    the block, unless the format says otherwise."""
    jpeg, noise = known["a.jpg"], random.Random(7).randbytes
    yield "exif-many", "jpg", MADE, with_segments(jpeg, *[segment(0xE1, b"Exif\0\0II*\0" + noise(60_000))] * 40)
    yield "xmp-huge", "jpg", MADE, with_segments(jpeg, *[segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + b"a" * 65_000)] * 200)
    yield "app13-huge", "jpg", MADE, with_segments(jpeg, *[segment(0xED, b"Photoshop 3.0\x008BIM\4\4\0\0" + noise(65_000))] * 150)
    yield "comments", "jpg", MADE, with_segments(jpeg, *[segment(0xFE, b"a" * 65_000)] * 100)
    yield "icc-noise", "jpg", MADE, with_segments(jpeg, icc_segment(noise(3_000)))
    yield "icc-empty", "jpg", MADE, with_segments(jpeg, icc_segment(b""))
    yield "icc-head-only", "jpg", MADE, with_segments(jpeg, icc_segment(profile()))
    yield "icc-lying-size", "jpg", MADE, with_segments(jpeg, icc_segment(profile(size=0xFFFFFFFF)))
    yield "icc-many-tags", "jpg", MADE, with_segments(jpeg, icc_segment(profile(count=0xFFFFFFFF)))
    yield "icc-tags-elsewhere", "jpg", MADE, with_segments(jpeg, icc_segment(profile(count=3, tags=b"".join(struct.pack(">4sII", t, 0xFFFFFF00, 0x1000) for t in (b"rTRC", b"gTRC", b"bTRC")))))
    for space in (b"CMYK", b"GRAY", b"Lab ", b"XYZ ", b"2CLR", b"FCLR", b"\0\0\0\0"):
        yield "icc-space-" + space.decode().strip("\0 ").lower(), "jpg", MADE, with_segments(jpeg, icc_segment(profile(space)))
    yield "icc-link", "jpg", MADE, with_segments(jpeg, icc_segment(profile(kind=b"link")))
    yield "icc-parts-missing", "jpg", MADE, with_segments(jpeg, icc_segment(noise(500), 1, 255))
    yield "icc-part-zero", "jpg", MADE, with_segments(jpeg, icc_segment(noise(500), 0, 0))
    yield "icc-parts-twice", "jpg", MADE, with_segments(jpeg, *[icc_segment(noise(500), 1, 2)] * 2)
    yield "icc-255-parts", "jpg", MADE, with_segments(jpeg, *[icc_segment(noise(60_000), part, 255) for part in range(1, 256)])
    yield "icc-of-rgb", "jpg", MADE, with_segments(known["grey.jpg"], icc_segment(profile()))
    yield "icc-of-inks-noise", "jpg", MADE, with_segments(known["cmyk.jpg"], icc_segment(profile(b"CMYK")))
    for value in (0, 9, 255, 65_535):
        yield f"orientation-{value}", "jpg", MADE, with_segments(jpeg, segment(0xE1, exif([(0x112, 3, 1, struct.pack("<HH", value, 0))])))
    yield "orientation-text", "jpg", MADE, with_segments(jpeg, segment(0xE1, exif([(0x112, 2, 4, b"up!\0")])))
    yield "orientation-many", "jpg", MADE, with_segments(jpeg, segment(0xE1, exif([(0x112, 3, 0x40000000, bytes(4))])))
    yield "orientation-twice", "jpg", MADE, with_segments(jpeg, segment(0xE1, exif([(0x112, 3, 1, b"\6\0\0\0"), (0x112, 3, 1, b"\3\0\0\0")])))
    yield "exif-loop", "jpg", MADE, with_segments(jpeg, segment(0xE1, exif([(0x8769, 4, 1, struct.pack("<I", 8))], following=8)))
    yield "exif-elsewhere", "jpg", MADE, with_segments(jpeg, segment(0xE1, exif([(0x10F, 2, 0x7FFFFFFF, struct.pack("<I", 0x7FFFFFF0))])))
    yield "exif-many-entries", "jpg", MADE, with_segments(jpeg, segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + noise(60_000)))
    yield "exif-big-endian", "jpg", MADE, with_segments(jpeg, segment(0xE1, exif([(0x112, 3, 1, b"\0\1\0\0")], endian=">")))
    yield "exif-resolution-zero", "jpg", MADE, with_segments(jpeg, segment(0xE1, exif([(0x11A, 5, 1, struct.pack("<I", 8)), (0x128, 3, 1, b"\2\0\0\0")])))
    yield "jfif-density-zero", "jpg", MADE, with_segments(jpeg, segment(0xE0, b"JFIF\0\1\2\1\0\0\0\0\0\0"))
    yield "adobe-odd", "jpg", EITHER, with_segments(jpeg, segment(0xEE, b"Adobe\0\x64\0\0\0\0\x09"))
    still = known["a.png"]
    for name, kind, data in (("icc-noise", b"iCCP", b"a\0\0" + noise(600)), ("icc-deflated-noise", b"iCCP", b"a\0\0" + zlib.compress(noise(600))),
                             ("icc-nameless", b"iCCP", b"\0\0" + zlib.compress(profile())), ("gamma-zero", b"gAMA", bytes(4)), ("gamma-huge", b"gAMA", b"\xff" * 4),
                             ("chromaticities-zero", b"cHRM", bytes(32)), ("intent-odd", b"sRGB", b"\x63"), ("background-short", b"bKGD", b"\0"), ("transparency-long", b"tRNS", bytes(300)),
                             ("physical-odd", b"pHYs", b"\xff" * 9), ("exif-noise", b"eXIf", noise(900)), ("exif-odd", b"eXIf", exif([(0x112, 3, 1, b"\6\0\0\0")])[6:]),
                             ("time-odd", b"tIME", b"\xff" * 7), ("palette-in-colour", b"PLTE", noise(768)), ("palette-uneven", b"PLTE", noise(700)), ("critical-unknown", b"ABCD", b"a")):
        yield name, "png", EITHER, with_chunk(still, kind, data)
    yield "icc-noise", "webp", EITHER, riff((b"VP8X", b"\x20\0\0\0\x9f\0\0\x77\0\0"), (b"ICCP", noise(500)), (b"VP8 ", known["a.webp"][20:]))
    yield "exif-noise", "webp", EITHER, riff((b"VP8X", b"\x08\0\0\0\x9f\0\0\x77\0\0"), (b"VP8 ", known["a.webp"][20:]), (b"EXIF", noise(500)))
    yield "xmp-huge", "webp", EITHER, riff((b"VP8X", b"\x04\0\0\0\x9f\0\0\x77\0\0"), (b"VP8 ", known["a.webp"][20:]), (b"XMP ", b"a" * 5_000_000))
    yield "comment-huge", "gif", MADE, gif(1, 1, (b"\x21\xfe" + b"\xffa" + b"a" * 254 + b"\0") * 4_000 + GIF_PIXEL)


def behind_the_end(known):
    """Good photographs with something behind them: films of telephones, gain maps, archives."""
    behind = {"film": box(b"ftyp", b"mp42\0\0\0\0") + bytes(5_000), "zip": b"PK\3\4" + bytes(500), "zeros": bytes(70_000), "noise": random.Random(8).randbytes(9_000), "photo": known["a.jpg"],
              "line": b"\r\n", "script": b"<script>alert(1)</script>"}
    for name, data in behind.items():
        for seed in ("a.jpg", "progressive.jpg", "a.png", "a.gif", "a.webp", "lzw.tif"):
            yield f"then-{name}", seed.split(".")[1], MADE, known[seed] + data
    for seed in ("a.heic", "a.avif"):
        yield "then-free", seed[2:], MADE, known[seed] + box(b"free", bytes(500))
        yield "then-noise", seed[2:], EITHER, known[seed] + random.Random(9).randbytes(500)


def tricks_of_tiff(known):
    loop = tiff_of(10, 10)
    yield "directory-loop", "tif", EITHER, loop[:8 + 2 + 120] + struct.pack("<I", 8) + loop[8 + 2 + 124:]
    yield "directory-elsewhere", "tif", REFUSED, b"II*\0\xff\xff\xff\xff" + bytes(100)
    yield "directory-itself", "tif", REFUSED, b"II*\0\0\0\0\0" + bytes(100)
    yield "no-entries", "tif", REFUSED, tiff([])
    yield "many-entries", "tif", REFUSED, b"II*\0\x08\0\0\0\xff\xff" + random.Random(10).randbytes(65_000)
    tricks = {"strip-elsewhere": {273: (4, 1, 0xFFFFFF00)}, "strip-length": {279: (4, 1, 0xFFFFFFFF)}, "strip-zero": {279: (4, 1, 0)}, "rows-zero": {278: (4, 1, 0)},
              "samples": {277: (3, 1, 65_535)}, "samples-zero": {277: (3, 1, 0)}, "bits-64": {258: (3, 1, 64)}, "bits-7": {258: (3, 1, 7)}, "bits-0": {258: (3, 1, 0)},
              "compression-odd": {259: (3, 1, 999)}, "old-jpeg": {259: (3, 1, 6)}, "jpeg-no-tables": {259: (3, 1, 7)}, "jbig": {259: (3, 1, 34661)}, "webp-inside": {259: (3, 1, 50001)},
              "lzw-noise": {259: (3, 1, 5)}, "fax-noise": {259: (3, 1, 3), 258: (3, 1, 1)}, "packbits-noise": {259: (3, 1, 32773)}, "thunderscan": {259: (3, 1, 32809), 258: (3, 1, 4)},
              "luv": {259: (3, 1, 34676), 262: (3, 1, 32845)}, "meaning-odd": {262: (3, 1, 9_999)}, "palette-missing": {262: (3, 1, 3)}, "ycc-alone": {262: (3, 1, 6)},
              "planes-odd": {284: (3, 1, 7)}, "format-odd": {339: (3, 1, 99)}, "format-float": {339: (3, 1, 3), 258: (3, 1, 32)}, "format-complex": {339: (3, 1, 6), 258: (3, 1, 64)},
              "orientation-99": {274: (3, 1, 99)}, "tile-huge": {322: (4, 1, 0x7FFFFFF0), 323: (4, 1, 0x7FFFFFF0)}, "tile-zero": {322: (4, 1, 0), 323: (4, 1, 0)}, "depth-many": {32997: (4, 1, 9_999)},
              "strips-many": {273: (4, 0x3FFFFFFF, 8)}, "sub-directory-itself": {330: (4, 1, 8)}, "fill-order": {266: (3, 1, 2)}, "unknown-tag": {50_999: (4, 1, 3)}}
    for name, replace in tricks.items():
        yield name, "tif", MADE if name in ("unknown-tag", "orientation-99") else EITHER, tiff_of(10, 10, replace=replace)
    yield "bigtiff", "tif", REFUSED, b"II+\0\x08\0\0\0" + struct.pack("<Q", 0xFFFFFFFFFFFFFF00) + bytes(50)
    pages, count = b"", 3_000
    size = len(tiff_of(10, 10)) - 8
    for page in range(count):
        one = tiff_of(10, 10)
        following = 8 + (page + 1) * size if page + 1 < count else 0
        pages += one[8:8 + 2 + 120] + struct.pack("<I", following) + one[8 + 2 + 124:]
    yield "pages-many", "tif", MADE, b"II*\0\x08\0\0\0" + pages


def tricks_of_heif(known):
    for name in ("a.heic", "a.avif", "clear.heic", "burst.heic"):
        file = known[name]
        ending = name.split(".")[1]
        for kind in (b"hdlr", b"pitm", b"iloc", b"iinf", b"iprp", b"ipco", b"ipma", b"ispe", b"hvcC", b"av1C", b"iref", b"auxl", b"auxC", b"mdat", b"colr", b"pixi"):
            at = file.find(kind)
            if at < 0:
                continue
            word = kind.decode().strip()
            yield f"{word}-renamed", ending, EITHER, file[:at] + b"free" + file[at + 4:]
            yield f"{word}-huge", ending, EITHER, file[:at - 4] + b"\x7f\xff\xff\xff" + file[at:]
            yield f"{word}-zero", ending, EITHER, file[:at - 4] + bytes(4) + file[at:]
            yield f"{word}-short", ending, EITHER, file[:at - 4] + b"\0\0\0\7" + file[at:]
            yield f"{word}-noise", ending, EITHER, file[:at + 4] + random.Random(11).randbytes(24) + file[at + 28:]
    deep = b""
    for _ in range(3_000):
        deep = box(b"meta", bytes(4), deep)
    yield "boxes-deep", "heic", REFUSED, box(b"ftyp", b"heic\0\0\0\0mif1heic") + deep
    yield "boxes-many", "heic", EITHER, known["a.heic"] + box(b"free") * 100_000
    # 65,535 items, each derived from all others.
    yield "sequence-only", "heic", REFUSED, box(b"ftyp", b"hevc\0\0\0\0msf1hevc") + box(b"moov", bytes(90))


def crafted(known, which):
    makers = [almost_nothing, not_photographs, shapes, huge_headers, light_bombs, side_blocks, behind_the_end, tricks_of_tiff, tricks_of_heif]
    for maker in makers + ([heavy_bombs] if which == "all" else []):
        yield from maker(known)


def cut_short(known):
    """Every seed, cut at places all over it."""
    for part in range(1, 14):
        for name in SEEDS:
            file = known[name]
            length = len(file) * part // 14
            must_fail = name.endswith("jpg") or part < 5
            yield "cut", name.split(".")[1], REFUSED if must_fail and not name.startswith("moving") else EITHER, file[:length]


def bits_flipped(known):
    """Without end."""
    dice = random.Random(20_200_101)
    while True:
        for name in SEEDS:
            file = bytearray(known[name])
            reach = min(len(file), 700) if dice.random() < 0.5 else len(file)
            for _ in range(dice.randint(1, 8)):
                file[dice.randrange(reach)] = dice.randrange(256)
            yield "flipped", name.split(".")[1], EITHER, bytes(file)


def main():
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    which = sys.argv[3] if len(sys.argv) > 3 else "all"
    folder.mkdir(parents=True)
    place = folder / "seeds"
    place.mkdir()
    os.environ["HOSTILE_SEEDS"] = str(place)
    known = seeds(place)
    files = list(crafted(known, which))
    files += list(cut_short(known))[:max(0, count - len(files))]
    flips = bits_flipped(known)
    while len(files) < count:
        files.append(next(flips))
    # Fewer than there are: from all over.
    chosen = [files[i * len(files) // count] for i in range(count)]
    lines = []
    for number, (name, ending, verdict, data) in enumerate(chosen):
        name = f"{number:04}-{name}.{ending}"
        (folder / name).write_bytes(data)
        lines.append(f"{name}\t{verdict}\n")
    (folder / "list.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
