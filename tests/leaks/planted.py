"""Files with something planted in them, made here byte by byte."""
import io
import zipfile
import zlib

# The example of GB 11643 and numbers that nobody has.
ID, ID_MASKED = "11010519491231002X", "11*************02X"
MOBILE, MOBILE_MASKED = "13812341234", "138****1234"
CARD, CARD_MASKED = "4111111111111111", "4111********1111"
ADDRESS = "平江街道幸福小区5幢2单元301室"
ADDRESS_MASKED = "平江街道＊＊＊＊"

CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(*runs):
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def docx(body="", comments="", author="", more=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("[Content_Types].xml", CONTENT_TYPES)
        zipped.writestr("word/document.xml", f"<w:document {WORDS}><w:body>{body}</w:body></w:document>")
        if comments:
            zipped.writestr("word/comments.xml", f"<w:comments {WORDS}><w:comment>{comments}</w:comment></w:comments>")
        zipped.writestr("docProps/core.xml", "<cp:coreProperties><dc:creator>" + author +
                        "</dc:creator></cp:coreProperties>")
        for name, data in more:
            zipped.writestr(name, data)
    return out.getvalue()


def pdf(page=b"BT /F1 12 Tf 72 700 Td (Hello) Tj ET", info=b"", more=b"", fonts=b"", trailer=b"", xmp=b""):
    packed = zlib.compress(page)
    objects = [b"<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
               b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream",
               fonts or b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
               b"<< /Type /Metadata /Length %d >>\nstream\n" % len(xmp) + xmp + b"\nendstream",
               b"<< /Producer (test) " + info + b" >>"]
    out = b"%PDF-1.5\n"
    for number, each in enumerate(objects, 1):
        out += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    return out + more + b"trailer\n<< /Root 1 0 R /Info 7 0 R " + trailer + b" >>\n%%EOF\n"


def pdf_of_glyphs(text):
    """As programs write Chinese: codes of the font's own, and a table that says what they show."""
    codes = {c: 40 + i for i, c in enumerate(dict.fromkeys(text))}
    rows = "".join(f"<{code:04x}> <{c.encode('utf-16-be').hex()}>\n" for c, code in codes.items())
    table = zlib.compress(f"1 begincodespacerange <0000> <ffff> endcodespacerange {len(codes)} beginbfchar\n"
                          f"{rows}endbfchar".encode())
    shown = "".join(f"{codes[c]:04x}" for c in text).encode()
    return pdf(page=b"BT /F1 12 Tf 1 0 0 1 72 700 Tm <" + shown + b"> Tj ET",
               fonts=b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 9 0 R >>",
               more=b"9 0 obj << /Length %d /Filter /FlateDecode >>\nstream\n" % len(table) + table +
               b"\nendstream endobj\n")
