"""How far the cells of a workbook reach, before it is read: the reader lays every sheet out whole.

A single cell in the last corner (XFD1048576) of a file of 5 kB would take more memory than any machine has.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Final

from lxml import etree

PLACE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
OTHER_FORMATS: Final = frozenset({"content.xml", "xl/workbook.bin"})
"""What makes an archive an ODS or an xlsb, which the reader would take as well."""
HEAD: Final = 4096


def inflated(content: bytes) -> int:
    """How many bytes the archive says that it holds. Raises as ``zipfile`` does."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return sum(member.file_size for member in archive.infolist())


def largest_area(content: bytes) -> int:
    """How many cells the farthest of the filled ones span on the largest sheet.

    Every part is inflated and compared with what the archive says of it, so one that lies about its size is found.
    Raises as ``zipfile`` and ``lxml`` do, and ``ValueError`` for what is no xlsx.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if OTHER_FORMATS & {name.lower() for name in archive.namelist()}:
            raise ValueError("another format")
        parts = [archive.read(name) for name in archive.namelist() if name.lower().endswith(".xml")]
    return max((_area(part) for part in parts if b"worksheet" in part[:HEAD]), default=0)


def _area(part: bytes) -> int:
    """The cells of one sheet; those with nothing in them are not laid out."""
    rows = columns = row = column = 0
    events = etree.iterparse(
        BytesIO(part), events=("start", "end"), tag=("{*}row", "{*}c"), resolve_entities=False, no_network=True
    )
    for event, element in events:
        name = etree.QName(element).localname
        if event == "start" and name == "row":
            row, column = int(element.get("r") or row + 1), 0
        elif event == "end" and name == "row":
            element.clear()
        elif event == "end":
            place = PLACE.fullmatch(element.get("r") or "")
            column, row = (_number(place[1]), int(place[2])) if place else (column + 1, row)
            if len(element):
                rows, columns = max(rows, row), max(columns, column)
    return rows * columns


def _number(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found
