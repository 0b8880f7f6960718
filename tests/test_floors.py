"""The floors of the house: tables and migrations point down only. (import-linter sees to the imports.)"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

import zhunsheng

FLOORS = ("kernel", "people", "books", "programmes", "faces")
APART = {"books", "programmes", "faces"}
"""Floors whose rooms do not know each other."""


def rooms() -> dict[str, str]:
    """Our applications: label to package."""
    return {config.label: config.name for config in apps.get_app_configs() if config.name.startswith("zhunsheng.")}


def place(package: str) -> tuple[int, str]:
    """Floor number and room of a package: ``zhunsheng.books.normdocs`` → (2, "normdocs")."""
    parts = package.split(".")
    floor = FLOORS.index(parts[1])
    return floor, parts[2] if FLOORS[floor] in APART and len(parts) > 2 else ""


def forbidden(source: str, target: str) -> bool:
    """True where the package ``source`` may not point at the package ``target``."""
    (floor, room), (other_floor, other_room) = place(source), place(target)
    return other_floor > floor or (other_floor == floor and other_room != room)


def wrong(edges: Iterable[tuple[str, str, str]]) -> list[str]:
    """The edges (name, source label, target label) that the floors forbid."""
    ours = rooms()
    return [name for name, a, b in edges if a in ours and b in ours and forbidden(ours[a], ours[b])]


def relations() -> Iterator[tuple[str, str, str]]:
    """Every foreign key, one-to-one and many-to-many, with the labels of both ends."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            target = field.related_model
            if field.is_relation and not field.auto_created and isinstance(target, type) and issubclass(target, Model):
                if target._meta.label in {settings.AUTH_USER_MODEL, settings.UNIT_MODEL} and by_setting(field):
                    continue  # the two ways in which the kernel may point at people
                yield (
                    f"{model._meta.label}.{field.name} → {target._meta.label}",
                    model._meta.app_label,
                    target._meta.app_label,
                )


def by_setting(field: Any) -> bool:
    """True for a foreign key that its migration will write as a setting, not as a table of another floor."""
    return bool(getattr(field, "swappable_setting", None))


def dependencies() -> Iterator[tuple[str, str, str]]:
    """Every dependency between migrations, ``swappable`` ones excepted."""
    for (label, name), migration in MigrationLoader(None).disk_migrations.items():
        for dependency in [*migration.dependencies, *migration.run_before]:
            if not hasattr(dependency, "setting"):
                yield f"{label}.{name} → {'.'.join(dependency)}", label, dependency[0]


def test_tables_point_down_only() -> None:
    assert wrong(relations()) == []


def test_migrations_depend_down_only() -> None:
    assert wrong(dependencies()) == []


def test_the_walk_sees_our_tables_and_migrations() -> None:
    assert any(source == target == "people" for _, source, target in relations())
    assert any(source == target == "people" for _, source, target in dependencies()) or any(
        label == "people" for label, _ in MigrationLoader(None).disk_migrations
    )


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("zhunsheng.people", "zhunsheng.kernel", False),
        ("zhunsheng.kernel", "zhunsheng.people", True),
        ("zhunsheng.people", "zhunsheng.people", False),
        ("zhunsheng.programmes.plans", "zhunsheng.books.normdocs", False),
        ("zhunsheng.books.normdocs", "zhunsheng.programmes.plans", True),
        ("zhunsheng.programmes.plans", "zhunsheng.programmes.assessment", True),
        ("zhunsheng.programmes.plans", "zhunsheng.programmes.plans", False),
        ("zhunsheng.faces.portal", "zhunsheng.programmes.plans", False),
    ],
)
def test_rule_of_the_floors(source: str, target: str, expected: bool) -> None:
    assert forbidden(source, target) is expected


def test_every_application_lies_on_a_floor() -> None:
    assert {place(package)[0] for package in rooms().values()} <= set(range(len(FLOORS)))


def test_labels_are_the_names_of_the_rooms() -> None:
    assert all(package.endswith(f".{label}") for label, package in rooms().items())


def test_reading_a_plan_does_not_mention_django() -> None:
    """``plan read`` starts cold; import-linter checks the chain, this the words."""
    source = Path(zhunsheng.__file__).parent
    files = [*(source / "kernel/documents").rglob("*.py"), *(source / "programmes/plans/reading").rglob("*.py")]
    assert files
    assert [
        str(path) for path in files if re.search(r"^\s*(from|import) django", path.read_text("utf-8"), re.MULTILINE)
    ] == []
