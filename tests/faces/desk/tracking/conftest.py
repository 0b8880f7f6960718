"""The example plan, published in the demo county."""

from __future__ import annotations

from tests.faces.desk.demo_plan import *  # noqa: F403 - fixtures
