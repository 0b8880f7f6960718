"""The same document in other widths, brackets, spaces, line breaks and script gives the same tasks."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from functools import cache

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.score import documents, squeeze
from tests.programmes.plans.reading.generated import Plan, plans
from tests.programmes.plans.reading.small import Json, assert_offsets_are_true, quick, read
from zhunsheng.kernel.documents import read_document
from zhunsheng.programmes.plans.reading.fold import fold

Disguise = Callable[[str, random.Random], str]

_DIGITS = {chr(0x30 + n): chr(0xFF10 + n) for n in range(10)}
_MARKS = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "%": "％"}
_WIDE = str.maketrans({**_DIGITS, **_MARKS})
_NARROW = str.maketrans({wide: narrow for narrow, wide in {**_DIGITS, **_MARKS}.items()})
_SPACES = " \u00a0\u3000\u2003"


def wide(text: str, _: random.Random) -> str:
    return text.translate(_WIDE)


def narrow(text: str, _: random.Random) -> str:
    return text.translate(_NARROW)


def other_brackets(text: str, chance: random.Random) -> str:
    pair = chance.choice(["〔〕", "[]", "［］", "﹝﹞", "（）", "()"])
    return text.translate(str.maketrans("【】", pair))


_TO_TRADITIONAL = opencc.OpenCC("s2t")


def traditional(text: str, _: random.Random) -> str:
    return str(_TO_TRADITIONAL.convert(text))


def spread_out(text: str, _: random.Random) -> str:
    """A space after every Chinese character of a line that is not a table row."""
    return "\n".join(
        line if re.search(r"[\t|]", line) else re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", " ", line)
        for line in text.split("\n")
    )


def _in_sentences(text: str, change: Callable[[str], str]) -> str:
    """The full sentences of every line that come before its first mark of units, changed; table rows are left."""

    def changed(line: str) -> str:
        if re.search(r"[\t|]|[局委办辦府院][、，,]", line):
            return line
        stop = re.split(r"[（(【〔\[<牵責责配负負]", line, maxsplit=1)[0].rfind("。") + 1
        return line[:6] + change(line[6:stop]) + line[max(stop, 6) :]

    return "\n".join(map(changed, text.split("\n")))


def spaces_in_sentences(text: str, chance: random.Random) -> str:
    def scatter(words: str) -> str:
        return "".join(char + (chance.choice(_SPACES) if chance.random() < 0.1 else "") for char in words)

    return _in_sentences(text, scatter)


def breaks_in_sentences(text: str, chance: random.Random) -> str:
    """Line breaks inside sentences, and before 《; none where the next line would begin as an item does."""

    def broken(words: str) -> str:
        return re.sub(
            r"(?<=[\u4e00-\u9fff，])(?=[《\u4e00-\u9fff])(?![一二三四五六七八九十第])",
            lambda _: "\n" if chance.random() < 0.04 else "",
            words,
        )

    return _in_sentences(text, broken)


def breaks_in_lists(text: str, chance: random.Random) -> str:
    """Line breaks after the separators of a list in brackets."""

    def broken(match: re.Match[str]) -> str:
        return re.sub("、", lambda _: "、" + "\n" * (chance.random() < 0.3), match[0])

    return re.sub(
        r"[（【〔\[](?:[^（）【】〔〕\[\]\n]|（[^（）\n]*）)*(?:单位|牵头|负责|配合|局|部门)[^\n]*[）】〕\]](?=。?\n)",
        broken,
        text,
    )


def spaces_around_digits(text: str, chance: random.Random) -> str:
    return re.sub(
        r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", lambda _: chance.choice(["", *_SPACES]), text
    )


def spaces_at_line_ends(text: str, chance: random.Random) -> str:
    return re.sub(
        r"(?<!\t)\n(?!\t)",
        lambda _: chance.choice(_SPACES) * chance.randrange(3) + "\n" + chance.choice(_SPACES) * chance.randrange(3),
        text,
    )


def invisible(text: str, chance: random.Random) -> str:
    return "".join(char + ("\u200b" if chance.random() < 0.05 else "") for char in text)


DISGUISES: list[Disguise] = [
    wide,
    narrow,
    other_brackets,
    traditional,
    spread_out,
    spaces_in_sentences,
    spaces_around_digits,
    spaces_at_line_ends,
    breaks_in_sentences,
    breaks_in_lists,
    invisible,
]


def plain(text: str) -> str:
    """A printed value without regard to width, brackets and script."""
    return squeeze(fold(text)).translate(str.maketrans("[]", "()", "\u200b"))


def essence(reading: Json) -> list[tuple[object, ...]]:
    return [
        (
            plain(task["number"]),
            [plain(one) for one in task["lead_units"]],
            [plain(one) for one in task["responsible_units"]],
            [plain(one) for one in task["collective"]],
            task["open_ended"],
            [(plain(one["text"]), one["date"], one["recurs"]) for one in task["due"]],
            [(one["count"], one["op"], one["per"]) for one in task["frequency"]],
            [(plain(one["text"]), one["op"], plain(str(one["value"]))) for one in task["targets"]],
        )
        for task in reading["tasks"]
    ]


@cache
def corpus_text(name: str) -> str:
    path = next(path for path, _ in documents() if path.stem == name)
    return read_document(path.read_bytes(), name=path.name).text


@cache
def undisguised(name: str) -> list[tuple[object, ...]]:
    return essence(read(corpus_text(name)))


FLOOR = 0.94
"""The least share of units that survive when every line of a document is cut at one width."""

TEXTS = sorted(path.stem for path, gold in documents() if path.suffix == ".txt" and not gold.get("not_a_plan"))
PARTED_BY_SPACES = ("c02", "c08", "c14")
"""Documents whose lists are parted by white space alone: spread out, nobody could tell where a name ends."""


CASES = [
    pytest.param(name, disguise, id=f"{name}-{disguise.__name__}")
    for name in TEXTS
    for disguise in DISGUISES
    if disguise is not spread_out or not name.startswith(PARTED_BY_SPACES)
]


@pytest.mark.parametrize(("name", "disguise"), CASES)
def test_documents_of_the_corpus_in_disguise(name: str, disguise: Disguise) -> None:
    reading = read(disguise(corpus_text(name), random.Random(name)))
    assert essence(reading) == undisguised(name)
    assert_offsets_are_true(reading)


@pytest.mark.parametrize("disguise", DISGUISES, ids=lambda one: one.__name__)
@quick
@given(plans(), st.randoms(use_true_random=False))
def test_plans_made_at_random_in_disguise(disguise: Disguise, plan: Plan, chance: random.Random) -> None:
    text = plan.text()
    reading = read(disguise(text, chance))
    assert essence(reading) == essence(read(text))
    assert_offsets_are_true(reading)


def wrapped(text: str, width: int) -> str:
    """Every long line broken at ``width`` columns, as PDF files do it: no line begins with a closing mark."""
    return "\n".join(piece for line in text.split("\n") for piece in _pieces(line, width))


def _pieces(line: str, width: int) -> list[str]:
    pieces, columns = [""], 0
    for char in line:
        if columns >= width and char not in "、，。；：）】〕》”,;:)":
            pieces.append("")
            columns = 0
        pieces[-1] += char
        columns += 2 if ord(char) > 0x2E7F else 1
    return pieces


def _units(text: str) -> Counter[tuple[str, str, str]]:
    tasks = read(text)["tasks"]
    return Counter(
        (task["number"], role, unit)
        for task in tasks
        for role in ("lead_units", "responsible_units")
        for unit in task[role]
    )


@pytest.mark.parametrize("width", [44, 56, 66, 80])
def test_lines_cut_at_one_width_cost_hardly_a_unit(width: int) -> None:
    """Where every line is cut, names and all, a line that ends its paragraph by chance at full width stays in doubt."""
    found, wanted = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for name in TEXTS:
        if not re.search(r"\t.*\t|\|.*\|", corpus_text(name)):
            found.update({(name, *key): count for key, count in _units(wrapped(corpus_text(name), width)).items()})
            wanted.update({(name, *key): count for key, count in _units(corpus_text(name)).items()})
    right = (found & wanted).total()
    assert right / found.total() >= FLOOR, sorted((found - wanted).elements())
    assert right / wanted.total() >= FLOOR, sorted((wanted - found).elements())
