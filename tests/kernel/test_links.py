"""Addresses are remembered, and are those of the request that asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django import urls

from zhunsheng.kernel.links import reverse


@pytest.fixture
def _prefix() -> Iterator[None]:
    before = urls.get_script_prefix()
    yield
    urls.set_script_prefix(before)


@pytest.mark.usefixtures("_prefix")
def test_a_prefix_of_one_request_is_not_left_to_the_next() -> None:
    urls.set_script_prefix("/elsewhere/")
    assert reverse("desk:duty", args=[7]) == "/elsewhere/desk/duties/7/"
    urls.set_script_prefix("/")
    assert reverse("desk:duty", args=[7]) == "/desk/duties/7/"


def test_the_same_as_django_says() -> None:
    assert reverse("desk:duty", args=[7]) == urls.reverse("desk:duty", args=[7])
    assert reverse("desk:duty", kwargs={"pk": 8}) == urls.reverse("desk:duty", kwargs={"pk": 8})
    with pytest.raises(urls.NoReverseMatch):
        reverse("desk:nowhere")
