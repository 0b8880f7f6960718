"""The number formats of Word lists (ECMA-376 Part 1, 17.18.59 ST_NumberFormat) that Chinese documents use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_SIMPLIFIED = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟万")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟萬")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def chinese(
    number: int, digits: str = "零一二三四五六七八九", units: str = "十百千万", *, short_ten: bool = True
) -> str:
    """``23`` as 二十三, ``101`` as 一百零一; below 100,000,000. ``short_ten`` writes 十一, not 一十一."""
    if number == 0:
        return digits[0]
    if number >= 10_000:
        head, tail = divmod(number, 10_000)
        gap = digits[0] if 0 < tail < 1_000 else ""
        rest = chinese(tail, digits, units, short_ten=False) if tail else ""
        return chinese(head, digits, units, short_ten=short_ten) + units[3] + gap + rest
    words = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            words += digits[digit] + (units[place - 1] if place else "")
        elif words and number % 10**place and not words.endswith(digits[0]):
            words += digits[0]
    return words[1:] if short_ten and words.startswith(digits[1] + units[0]) else words


def positional(number: int, digits: str = _DIGITS) -> str:
    """Digit by digit: ``12`` as 一二, ``20`` as 二〇."""
    return "".join(digits[int(digit)] for digit in str(number))


def _counting(number: int) -> str:
    """chineseCounting says numbers up to 99 and spells out the digits beyond."""
    return chinese(number) if number < 100 else positional(number, "○一二三四五六七八九")


def _roman(number: int) -> str:
    if number > 32_767:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _letters(number: int) -> str:
    """Word repeats the letter after z: aa, bb, …"""
    repeat, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (repeat + 1) if repeat < 30 else str(number)


def circled(number: int) -> str:
    """①–㊿, plain digits beyond."""
    for first, last, base in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(base + number - first)
    return str(number)


def _enclosed(base: int) -> Callable[[int], str]:
    return lambda number: chr(base + number - 1) if number <= 20 else str(number)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)]


def full_width(number: int) -> str:
    """``12`` as １２."""
    return positional(number, "０１２３４５６７８９")


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": full_width,
    "decimalFullWidth2": full_width,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": _enclosed(0x2474),
    "decimalEnclosedFullstop": _enclosed(0x2488),
    "ideographEnclosedCircle": lambda number: chr(0x3280 + number - 1) if number <= 10 else str(number),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": _counting,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": positional,
    "japaneseDigitalTenThousand": positional,
    "taiwaneseDigital": lambda number: positional(number, "○一二三四五六七八九"),
    "chineseLegalSimplified": lambda number: chinese(number, *_LEGAL_SIMPLIFIED, short_ten=False),
    "ideographLegalTraditional": lambda number: chinese(number, *_LEGAL_TRADITIONAL, short_ten=False),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda number: "",
}


def spell(number: int, number_format: str) -> str:
    """``number`` in a format of ST_NumberFormat; decimal where the format is unknown, or the number below 1."""
    if not 0 < number < 100_000_000:
        return "" if number_format == "none" else str(number)
    return _FORMATS.get(number_format, str)(number)
