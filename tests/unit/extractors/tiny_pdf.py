"""PDF files of a few hundred bytes, written by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
SONG = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts ["
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
    b" /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880]"
    b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 90 /ItalicAngle 0 >> >>] >>"
)
LYING = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"  # says another letter than it shows
CIPHER = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
    b"1 begincodespacerange <00> <ff> endcodespacerange\n"
    b"1 beginbfrange <21> <7e> <4e8c> endbfrange\n"
    b"endcmap end end"
)
FONTS = "/Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >>"


@dataclass(frozen=True)
class Sheet:
    """A page: what is drawn on it, and the entries of its dictionary."""

    content: str
    entries: str = "/MediaBox [0 0 400 300]"
    in_form: str | None = None  # the matrix of a form XObject around the content


def text(string: str, x: float, y: float, size: float = 10, mode: int = 0, latin: str = "F1") -> str:
    """Operators that print a text, its baseline beginning at x, y from the lower left corner.

    Latin texts in Helvetica (`latin` F3: in one whose text layer is ideographs), others in a Song type that is not
    embedded: every sign is as wide as it is high. `mode` 3 is invisible.
    """
    font, shown = (latin, f"({string})") if string.isascii() else ("F2", f"<{string.encode('utf-16-be').hex()}>")
    return f"BT {mode} Tr /{font} {size} Tf 1 0 0 1 {x} {y} Tm {shown} Tj ET\n"


def write_pdf(sheets: Sequence[Sheet], tail: bytes = b"%%EOF\n") -> bytes:
    """The file's bytes."""
    cipher = _stream(CIPHER.decode())
    bodies: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", HELVETICA, SONG, LYING, cipher]
    kids = []
    for sheet in sheets:
        content, resources = sheet.content, FONTS
        if sheet.in_form is not None:
            keys = f"/Type /XObject /Subtype /Form /BBox [-2000 -2000 2000 2000] /Matrix [{sheet.in_form}]"
            bodies.append(_stream(content, f"{keys} /Resources << {resources} >>"))
            content, resources = "/X1 Do", f"/XObject << /X1 {len(bodies)} 0 R >>"
        bodies.append(_stream(content))
        page = f"<< /Type /Page /Parent 2 0 R {sheet.entries} /Contents {len(bodies)} 0 R"
        bodies.append(f"{page} /Resources << {resources} >> >>".encode())
        kids.append(f"{len(bodies)} 0 R")
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(bodies, tail)


def _stream(content: str, keys: str = "") -> bytes:
    return f"<< /Length {len(content)} {keys} >>\nstream\n{content}\nendstream".encode()


def _file(bodies: Sequence[bytes], tail: bytes) -> bytes:
    written = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(bodies) + 1, table)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n" % (len(bodies) + 1, len(written))
    return written + end + trailer + tail
