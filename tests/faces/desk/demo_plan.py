"""The demo county with its people and the example plan at every stage, for the conftest of whichever room needs them."""

from __future__ import annotations

from tests.programmes.plans.conftest import clerk, county, draft, example, of_unit, office, published, second

__all__ = ["clerk", "county", "draft", "example", "of_unit", "office", "published", "second"]
