"""A small writer of deterministic .docx files with the features that plan documents have."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)
TRACK = 'w:id="{}" w:author="office" w:date="2020-01-01T00:00:00Z"'
INLINE = re.compile(r"(\[\+.*?\+\]|\[-.*?-\]|\[\[.*?\]\])")
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OVERRIDE = f'<Override PartName="/word/{{0}}.xml" ContentType="{WORD_TYPE}.{{1}}+xml"/>'
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        OVERRIDE.format(part, kind)
        for part, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("numbering", "numbering"),
            ("header1", "header"),
            ("footer1", "footer"),
        )
    )
    + "</Types>"
)
RELATION = f'<Relationship Id="{{}}" Type="{OFFICE}/{{}}" Target="{{}}"/>'
RELATIONS = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
DRAWING = (
    '<w:drawing><wp:inline><wp:extent cx="5400000" cy="900000"/><wp:docPr id="1" name="box"/><a:graphic>'
    f'<a:graphicData uri="{SHAPE}"><wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx>{{}}</wps:txbx><wps:bodyPr/></wps:wsp>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)


class Docx:
    """Collects the parts of one document, line of source by line of source."""

    def __init__(self) -> None:
        self.body: list[str] = []
        self.abstracts: dict[str, str] = {}
        self.nums: list[str] = []
        self.styles: list[str] = []
        self.header = self.footer = ""
        self.landscape = False
        self.ids = 0

    def read(self, source: str) -> Docx:
        """Take every line of a source file."""
        lines = iter(line for line in source.splitlines() if line and not line.startswith("%%"))
        for line in lines:
            word, _, rest = line.partition(" ")
            if word == "@table":
                rows = list(iter(lambda: next(lines), "@end"))
                self.body.append(self.table([int(w) for w in rest.split(",")], rows))
            elif word.startswith("@"):
                getattr(self, "do_" + word[1:])(rest)
            else:
                self.body.append(self.paragraph(line))
        return self

    def do_abstract(self, rest: str) -> None:
        name, *levels = rest.split()
        xml = "".join(level_xml(number, level) for number, level in enumerate(levels))
        key = len(self.abstracts)
        kind = '<w:multiLevelType w:val="multilevel"/>'
        self.abstracts[name] = f'<w:abstractNum w:abstractNumId="{key}">{kind}{xml}</w:abstractNum>'

    def do_num(self, rest: str) -> None:
        key, name, *starts = rest.split()
        override = ""
        for start in starts:
            level, value = start.removeprefix("start=").split(":")
            override += f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{value}"/></w:lvlOverride>'
        target = list(self.abstracts).index(name)
        self.nums.append(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{target}"/>{override}</w:num>')

    def do_style(self, rest: str) -> None:
        key, *options = rest.split()
        numbering = "".join(num_xml(o.removeprefix("num=")) for o in options if o.startswith("num="))
        based = "".join(f'<w:basedOn w:val="{o[6:]}"/>' for o in options if o.startswith("based="))
        inner = f'<w:name w:val="{key}"/>{based}<w:pPr>{numbering}</w:pPr>'
        self.styles.append(f'<w:style w:type="paragraph" w:styleId="{key}">{inner}</w:style>')

    def do_header(self, rest: str) -> None:
        self.header = rest

    def do_footer(self, rest: str) -> None:
        self.footer = rest

    def do_portrait(self, _rest: str = "") -> None:
        self.body.append(f"<w:p><w:pPr>{section_xml(False)}</w:pPr></w:p>")

    def do_landscape(self, _rest: str) -> None:
        """From here to the end the pages lie on their side."""
        self.do_portrait()
        self.landscape = True

    def do_sdt(self, _rest: str) -> None:
        self.body.append("<w:sdt><w:sdtPr/><w:sdtContent>")

    def do_endsdt(self, _rest: str) -> None:
        self.body.append("</w:sdtContent></w:sdt>")

    def do_textbox(self, rest: str) -> None:
        inner = "".join(self.paragraph("{align=center}" + part) for part in rest.split("//"))
        content = f"<w:txbxContent>{inner}</w:txbxContent>"
        self.body.append(
            f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{DRAWING.format(content)}</mc:Choice>'
            f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>"
        )

    def paragraph(self, line: str) -> str:
        """One paragraph from its marked-up line."""
        found = re.match(r"\{([^}]*)\}", line)
        options = dict(o.partition("=")[::2] for o in found[1].split(",")) if found else {}
        text = line[found.end() :] if found else line
        properties = f'<w:pStyle w:val="{options["style"]}"/>' if "style" in options else ""
        properties += num_xml(options["num"]) if "num" in options else ""
        properties += f'<w:jc w:val="{options["align"]}"/>' if "align" in options else ""
        runs = "".join(self.piece(part) for part in INLINE.split(text) if part)
        if "ins" in options:
            properties += f"<w:rPr><w:ins {self.track()}/></w:rPr>"
            runs = f"<w:ins {self.track()}>{runs}</w:ins>"
        return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"

    def piece(self, part: str) -> str:
        if part.startswith("[+"):
            return f"<w:ins {self.track()}>{runs_xml(part[2:-2])}</w:ins>"
        if part.startswith("[-"):
            return f"<w:del {self.track()}>{runs_xml(part[2:-2], 'w:delText')}</w:del>"
        if part.startswith("[["):
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{runs_xml(part[2:-2])}</w:sdtContent></w:sdt>"
        return runs_xml(part)

    def track(self) -> str:
        self.ids += 1
        return TRACK.format(self.ids)

    def table(self, widths: list[int], rows: list[str]) -> str:
        """A table; a cell that is `^` in the next row starts a vertical merge here."""
        grid = [[cell.strip() for cell in row.split("|")] for row in rows]
        lines = []
        for number, cells in enumerate(grid):
            below = grid[number + 1] if number + 1 < len(grid) else []
            merged = [i < len(below) and len(below) == len(cells) and below[i] == "^" for i in range(len(cells))]
            lines.append("<w:tr>" + "".join(map(self.cell, cells, merged)) + "</w:tr>")
        columns = "".join(f'<w:gridCol w:w="{w * 100}"/>' for w in widths)
        return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(lines)}</w:tbl>"

    def cell(self, text: str, begins_merge: bool) -> str:
        span = re.match(r"<(\d+)>", text)
        properties = f'<w:gridSpan w:val="{span[1]}"/>' if span else ""
        text = text[span.end() :] if span else text
        if text == "^":
            return f"<w:tc><w:tcPr>{properties}<w:vMerge/></w:tcPr><w:p/></w:tc>"
        properties += '<w:vMerge w:val="restart"/>' if begins_merge else ""
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(self.paragraph, text.split('//')))}</w:tc>"

    def save(self, path: Path) -> None:
        """Write the package with fixed times, so that equal sources give equal bytes."""
        body = f"<w:body>{''.join(self.body)}{section_xml(self.landscape)}</w:body>"
        links = [("r1", "styles", "styles.xml"), ("r2", "numbering", "numbering.xml")]
        links += [("rH", "header", "header1.xml"), ("rF", "footer", "footer1.xml")]
        abstracts, nums = "".join(self.abstracts.values()), "".join(self.nums)
        parts = {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS.format(RELATION.format("r0", "officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": RELATIONS.format("".join(RELATION.format(*link) for link in links)),
            "word/document.xml": root("document", body),
            "word/styles.xml": root("styles", "".join(self.styles)),
            "word/numbering.xml": root("numbering", abstracts + nums),
            "word/header1.xml": root("hdr", self.paragraph(self.header)),
            "word/footer1.xml": root("ftr", self.paragraph(self.footer)),
        }
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, xml in parts.items():
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml)


def root(tag: str, inner: str) -> str:
    """The root element of a part."""
    return f"<w:{tag} {NAMESPACES}>{inner}</w:{tag}>"


def num_xml(reference: str) -> str:
    """`ID:LVL` as numbering properties."""
    key, level = reference.split(":")
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'


def level_xml(number: int, level: str) -> str:
    """`fmt:text[:opt]` as one level of a list."""
    form, text, *options = level.split(":")
    extra = '<w:lvlRestart w:val="0"/>' if "restart0" in options else ""
    extra += "".join(f'<w:pStyle w:val="{o[6:]}"/>' for o in options if o.startswith("style="))
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def section_xml(landscape: bool) -> str:
    """Page size with header and footer."""
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
    links = '<w:headerReference w:type="default" r:id="rH"/><w:footerReference w:type="default" r:id="rF"/>'
    return f"<w:sectPr>{links}<w:pgSz {size}/></w:sectPr>"


def runs_xml(text: str, tag: str = "w:t") -> str:
    """Runs with breaks and tabs; `¦` splits a run in the middle of a word."""
    out = []
    for run in text.split("¦"):
        inner = ""
        for part in re.split("([⏎⇥])", run):
            if part:
                plain = f'<{tag} xml:space="preserve">{escape(part)}</{tag}>'
                inner += {"⏎": "<w:br/>", "⇥": "<w:tab/>"}.get(part, plain)
        out.append(f"<w:r>{inner}</w:r>")
    return "".join(out)
