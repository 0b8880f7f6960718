"""Plain text: the encoding found strictly and always the same way, line ends made line feeds, nothing else changed."""

from __future__ import annotations

import codecs
import re
from functools import cache
from itertools import islice

from zhunsheng.kernel.documents.model import Document, UnreadableDocument
from zhunsheng.kernel.documents.refusal import refuse

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_SAMPLE = 20_000
_PLAUSIBLE = 0.8


def read_text(data: bytes, what: str) -> Document:
    """Decode plain text; offsets equal those of ``open(encoding="utf-8").read()``, a byte-order mark aside."""
    text = decode(data, what).replace("\r\n", "\n").replace("\r", "\n")
    return Document(text=text, kind="text")


def decode(data: bytes, what: str) -> str:
    """Bytes to text: byte-order mark, strict UTF-8, else the likelier of GB18030 and Big5. Raises UnreadableDocument."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _without_noise(_strictly(data[len(mark) :], encoding, what), what)
    if b"\x00" in data:
        raise _noise(what)
    try:
        return _without_noise(data.decode("utf-8"), what)
    except UnicodeDecodeError as error:
        text = chinese_legacy(data)
        if text is None:
            raise _undecodable(data, error, what) from error
        return _without_noise(text, what)


def chinese_legacy(data: bytes) -> str | None:
    """Text in GB18030 or Big5, whichever reads as the commoner characters; ``None`` where neither reads as Chinese."""
    readings = []
    for encoding in ("gb18030", "big5hkscs"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        readings.append((_share(text), text))
    # On equal shares the first, GB18030, stands.
    score, text = max(readings, key=lambda reading: reading[0], default=(0.0, ""))
    return text if score >= _PLAUSIBLE else None


def _share(text: str) -> float:
    """The part of the non-ASCII characters, among the first 20,000, that are common ones."""
    seen = [match.group() for match in islice(_BEYOND_ASCII.finditer(text), _SAMPLE)]
    common = _common()
    return sum(character in common for character in seen) / len(seen) if seen else 0.0


@cache
def _common() -> frozenset[str]:
    """Punctuation, the 3,755 level 1 characters of GB 2312-80 and the 5,401 frequent ones of Big5."""
    simplified = _characters([*range(0xA1, 0xA4), *range(0xB0, 0xD8)], range(0xA1, 0xFF), "gb2312")
    traditional = _characters(range(0xA1, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)], "big5")
    return simplified | traditional | frozenset("〇·—①②③④⑤⑥⑦⑧⑨⑩㈠㈡㈢℃\u00a0")


def _characters(leads: range | list[int], trails: range | list[int], encoding: str) -> frozenset[str]:
    pairs = (bytes((lead, trail)).decode(encoding, "ignore") for lead in leads for trail in trails)
    return frozenset(pair for pair in pairs if pair)


def _strictly(data: bytes, encoding: str, what: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, error, what) from error


def _without_noise(text: str, what: str) -> str:
    """Refuse text in which control characters are more than a stray few."""
    controls = len(_CONTROLS.findall(text))
    if controls > 2 and controls * 1000 > len(text):
        raise _noise(what)
    return text


def _noise(what: str) -> UnreadableDocument:
    return refuse(
        "noise", what, "内容不是文字，像是二进制数据或已损坏", "请打开原文件看看是否正常，再另存为 .docx 或 .txt"
    )


def _undecodable(data: bytes, error: UnicodeDecodeError, what: str) -> UnreadableDocument:
    """Noise where little of it is text; otherwise name the line of the first broken byte."""
    clean = len(data.decode("utf-8", "ignore").encode("utf-8"))
    if clean < 0.9 * len(data):
        return _noise(what)
    line = data.count(b"\n", 0, error.start) + 1
    wrong = f"第 {line} 行有不能识别的字节，可能编码混用或文件没有传完"
    return refuse("encoding", what, wrong, "请用记事本打开核对后，另存为 UTF-8 编码再交来")
