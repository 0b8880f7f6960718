from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from zhunsheng.faces.access import Sample
from zhunsheng.faces.permissions import TABLE


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The names of all addresses, with their namespaces; an address without a name is given by its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name or pattern.pattern}"


def test_every_address_has_an_entry_and_every_entry_an_address() -> None:
    found = list(names(get_resolver().url_patterns))
    assert sorted(found) == sorted(TABLE)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_an_address_answers_only_to_its_methods(name: str, method: str) -> None:
    response = Client().generic(method, reverse(name))
    if method in TABLE[name].methods:
        assert response.status_code != 405
    else:
        assert response.status_code == 405
        assert response["Allow"] == ", ".join(sorted(TABLE[name].methods))


@pytest.mark.parametrize("name", [name for name, entry in TABLE.items() if "GET" in entry.methods])
def test_what_everyone_may_open_opens_without_an_account(name: str) -> None:
    assert Client().get(reverse(name)).status_code == 200


def test_samples_can_be_reached() -> None:
    samples = [(name, sample) for name, entry in TABLE.items() for sample in entry.samples]
    assert len({sample.name for _, sample in samples}) == len(samples)
    for name, sample in samples:
        start = sample.start or name
        assert "GET" in TABLE[start].methods, sample
        page = Client().get(reverse(start)).content.decode()
        assert all(f'name="{field}"' in page for field, _ in sample.fill)
        assert not sample.press or f">{sample.press}</button>" in page
    assert Sample("x").status == 200


def test_every_page_that_can_be_opened_is_looked_at() -> None:
    assert [name for name, entry in TABLE.items() if "GET" in entry.methods and not entry.samples] == ["portal:healthz"]
