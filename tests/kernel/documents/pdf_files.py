"""PDF files for the tests: text at a place and rules, with the predefined Chinese font that needs no embedding."""

from __future__ import annotations

from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 [500] 14 20 500 34 59 500]"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >> /FontDescriptor 5 0 R >>"
    ),
    (
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    ),
)


@dataclass
class Pdf:
    """Pages of drawing operators; y counts from the bottom, in points."""

    pages: list[list[bytes]] = field(default_factory=lambda: [[]])

    def text(self, x: float, y: float, words: str, size: float = 16) -> Pdf:
        """Words with their first baseline point at (x, y)."""
        code = words.encode("utf-16-be").hex().encode()
        self.pages[-1].append(b"BT /F1 %g Tf %g %g Td <%s> Tj ET" % (size, x, y, code))
        return self

    def lines(self, *lines: str, x: float = 90, y: float = 740, size: float = 16, pitch: float = 28) -> Pdf:
        """Lines below each other; ``>`` at the begin indents by two characters."""
        for row, words in enumerate(lines):
            indent = 2 * size if words.startswith(">") else 0
            self.text(x + indent, y - row * pitch, words.removeprefix(">"), size)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Pdf:
        """A straight stroke."""
        self.pages[-1].append(b"%g %g m %g %g l S" % (x0, y0, x1, y1))
        return self

    def rectangle(self, x: float, y: float, width: float, height: float) -> Pdf:
        """A stroked rectangle."""
        self.pages[-1].append(b"%g %g %g %g re S" % (x, y, width, height))
        return self

    def table(self, xs: list[float], ys: list[float], rows: list[list[str]], size: float = 12) -> Pdf:
        """A table with all its rules; ``/`` in a cell begins a new line of it."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for top, row in zip(ys, rows, strict=False):
            for left, words in zip(xs, row, strict=False):
                for place, line in enumerate(words.split("/")):
                    self.text(left + 4, top - size - 2 - place * (size + 4), line, size)
        return self

    def page(self) -> Pdf:
        """Begin the next page."""
        self.pages.append([])
        return self

    def save(self, *, trailer: bytes = b"") -> bytes:
        """The file; ``trailer`` is put into its trailer."""
        kids = b" ".join(b"%d 0 R" % (6 + 2 * index) for index in range(len(self.pages)))
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(self.pages)),
            *_FONT,
        ]
        for index, operators in enumerate(self.pages):
            stream = b"\n".join(operators)
            objects.append(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
                b" /Resources << /Font << /F1 3 0 R >> >> >>" % (WIDTH, HEIGHT, 7 + 2 * index)
            )
            objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        return _assemble(objects, trailer)


def _assemble(objects: list[bytes], trailer: bytes) -> bytes:
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return data + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )
