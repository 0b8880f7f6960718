"""Addresses of pages by name. A page asks for seventy of them, mostly the same as the page before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from django import urls

KEPT: Final = 8192
"""How many addresses a process remembers; each takes a few hundred bytes."""


def reverse(name: str, args: Iterable[object] = (), kwargs: Mapping[str, object] | None = None) -> str:
    """The address of the page of that name, as Django makes it. Raises ``NoReverseMatch``."""
    prefix = urls.get_script_prefix()  # it is in each address, and a request may bring its own
    return _made(prefix, name, tuple(args), tuple(kwargs.items()) if kwargs else ())


@lru_cache(maxsize=KEPT, typed=True)
def _made(_prefix: str, name: str, args: tuple[object, ...], kwargs: tuple[tuple[str, object], ...]) -> str:
    return urls.reverse(name, args=args, kwargs=dict(kwargs)) if kwargs else urls.reverse(name, args=args)
