#!/usr/bin/env python3
"""Rewrites boxes of a HEIF file as telephones write them and heif-enc does not (ISO/IEC 23008-12).

  heif_boxes.py IN OUT rotate N        the primary picture is shown turned by N quarter turns, anticlockwise
  heif_boxes.py IN OUT mirror N        ... with top and bottom (0) or left and right (1) exchanged
  heif_boxes.py IN OUT primary N       the N-th picture of the file is the one meant
  heif_boxes.py IN OUT two-auxiliaries the auxiliary picture belongs to two pictures, as iOS 18 has it
"""
import struct
import sys

FULL = {b"meta", b"iref"}  # boxes with four bytes of version and flags before their children
NESTED = FULL | {b"iprp", b"ipco"}


class Box:
    def __init__(self, kind, body):
        self.kind, self.head, self.children, self.body = kind, b"", None, body
        if kind in NESTED:
            self.head = body[:4] if kind in FULL else b""
            self.children = boxes_in(body[len(self.head):])

    def bytes(self):
        body = self.body if self.children is None else self.head + b"".join(c.bytes() for c in self.children)
        return struct.pack(">I4s", len(body) + 8, self.kind) + body

    def child(self, kind):
        return next(c for c in self.children if c.kind == kind)


def boxes_in(data):
    found, at = [], 0
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        assert size >= 8 and at + size <= len(data), "no box of the plain kind"
        found.append(Box(kind, data[at + 8:at + size]))
        at += size
    return found


def primary_of(meta):
    return struct.unpack(">H", meta.child(b"pitm").body[4:6])[0]


def add_property(meta, box):
    """Adds a property, essential, to the primary picture."""
    properties = meta.child(b"iprp").child(b"ipco")
    properties.children.append(box)
    index = len(properties.children)
    ipma = meta.child(b"iprp").child(b"ipma")
    version, flags = ipma.body[0], ipma.body[3]
    assert version == 0 and flags == 0 and index < 128
    count, out, at = struct.unpack(">I", ipma.body[4:8])[0], ipma.body[:8], 8
    for _ in range(count):
        item, uses = struct.unpack(">HB", ipma.body[at:at + 3])
        known = ipma.body[at + 3:at + 3 + uses]
        at += 3 + uses
        if item == primary_of(meta):
            known += bytes([0x80 | index])
        out += struct.pack(">HB", item, len(known)) + known
    ipma.body = out


def pictures_of(meta):
    """The pictures of the file in order, without thumbnails and auxiliaries."""
    infos = boxes_in(meta.child(b"iinf").body[6:])
    items = [struct.unpack(">H", info.body[4:6])[0] for info in infos]
    helpers = set()
    for reference in [c for c in meta.children if c.kind == b"iref"]:
        helpers |= {struct.unpack(">H", each.body[:2])[0] for each in reference.children}
    return [item for item in items if item not in helpers]


def two_auxiliaries(meta):
    reference = meta.child(b"iref").child(b"auxl")
    item, count, target = struct.unpack(">HHH", reference.body[:6])
    assert count == 1
    reference.body = struct.pack(">HHHH", item, 2, target, target)


def moved(iloc, by):
    """The places of all items, `by` bytes further on."""
    version, sizes = iloc.body[0], struct.unpack(">H", iloc.body[4:6])[0]
    offset_size, length_size, base_size, index_size = (sizes >> s & 15 for s in (12, 8, 4, 0))
    assert version < 2 and offset_size == 4
    data, at = bytearray(iloc.body), 8
    for _ in range(struct.unpack(">H", iloc.body[6:8])[0]):
        construction = struct.unpack(">H", data[at + 2:at + 4])[0] if version == 1 else 0
        at += 2 + (2 if version == 1 else 0) + 2 + base_size
        extents = struct.unpack(">H", data[at:at + 2])[0]
        at += 2
        for _ in range(extents):
            at += index_size if version == 1 else 0
            if construction == 0:
                data[at:at + 4] = struct.pack(">I", struct.unpack(">I", data[at:at + 4])[0] + by)
            at += offset_size + length_size
    iloc.body = bytes(data)


def main():
    source, target, verb = sys.argv[1:4]
    number = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    with open(source, "rb") as file:
        boxes = boxes_in(file.read())
    meta = next(box for box in boxes if box.kind == b"meta")
    before = len(meta.bytes())
    if verb == "rotate":
        add_property(meta, Box(b"irot", bytes([number])))
    elif verb == "mirror":
        add_property(meta, Box(b"imir", bytes([number])))
    elif verb == "primary":
        head = meta.child(b"pitm").body[:4]
        meta.child(b"pitm").body = head + struct.pack(">H", pictures_of(meta)[number])
    elif verb == "two-auxiliaries":
        two_auxiliaries(meta)
    else:
        sys.exit(__doc__)
    moved(meta.child(b"iloc"), len(meta.bytes()) - before)
    with open(target, "wb") as file:
        file.write(b"".join(box.bytes() for box in boxes))


if __name__ == "__main__":
    main()
