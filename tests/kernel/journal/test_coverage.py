"""What is journalled: everything that is not exempt by name, with secrets as digests."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from django.apps import apps
from django.db import connection, models

from zhunsheng.kernel.journal import upgrades
from zhunsheng.kernel.journal.coverage import EXEMPT, Column, Table, exemption, journalled, tables
from zhunsheng.kernel.journal.models import Entry
from zhunsheng.people.models import Division, Member, Person, Unit, UnitKind

SECRET = "pbkdf2$salt$hash"


def test_every_table_is_journalled_or_exempt_with_a_reason() -> None:
    ours = {model._meta.label_lower for model in journalled()}
    for model in apps.get_models(include_auto_created=True):
        assert (model._meta.label_lower in ours) != bool(exemption(model)), model
    assert {"people.member", "people.unit", "journal.blanking", "journal.accessseal"} <= ours


def test_only_known_tables_are_exempt() -> None:
    """Whoever exempts one more changes this list, and says so in a review."""
    named = {model._meta.label_lower for model in apps.get_models() if exemption(model)}
    assert named - {name for name in named if name.startswith("axes.")} == {
        *("sessions.session", "contenttypes.contenttype", "auth.permission"),
        *("journal.entry", "journal.block", "journal.mention", "journal.access"),
        "journal.verification",
        "reminders.job",
    }
    assert named >= set(EXEMPT)


def test_a_table_that_is_not_there_yet_is_left_out() -> None:
    found = tables({"people_person": {"id", "name"}, "people_member": {"id", "password"}})
    assert found == (
        Table("people_member", "id", (Column("id", False, False), Column("password", False, True)), ()),
        Table("people_person", "id", (Column("id", False, False), Column("name", False, False)), ()),
    )


def test_too_many_columns_are_told_to_the_programmer(isolated: type[models.Model]) -> None:
    from zhunsheng.kernel.journal import coverage

    names = {str(field.column) for field in isolated._meta.local_concrete_fields}
    with pytest.raises(ValueError, match="60 columns at most"):
        coverage._table(isolated, names)


@pytest.fixture
def isolated() -> type[models.Model]:
    """A model of 70 columns, outside of the registry."""
    from django.test.utils import isolate_apps

    with isolate_apps("tests"):
        fields = {f"c{number}": models.IntegerField() for number in range(70)}
        meta = type("Meta", (), {"app_label": "tests"})
        return type("Wide", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})


@pytest.mark.django_db
def test_every_journalled_table_has_its_triggers() -> None:
    names = " ".join(upgrades.expected())
    for model in journalled():
        for event in ("insert", "update", "delete"):
            assert f"zhunsheng_{event}_{model._meta.db_table}" in names
    assert upgrades.expected() == upgrades._triggers()


@pytest.fixture
def member(db: None) -> Member:
    county = Division.objects.create(path="0001", kind="county", name="青石县")
    unit = Unit.objects.create(division=county, kind=UnitKind.DEPARTMENT, name="青石县司法局", short_name="县司法局")
    person = Person.objects.create(name="李娜")
    return Member.objects.create(username="li.na", person=person, unit=unit, password=SECRET)


def test_of_a_secret_only_the_digest_is_kept(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(password="another")
    entries = Entry.objects.filter(table="people_member").order_by("id")
    expected = ["sha256:" + sha256(word.encode()).hexdigest() for word in (SECRET, "another")]
    first, second = (json.loads(entry.after) for entry in entries)
    assert [first["password"], second["password"]] == expected
    assert json.loads(entries[1].before) == {"password": expected[0]}
    assert not Entry.objects.filter(after__contains=SECRET).exists()


def test_an_ignored_column_leaves_no_trace(member: Member) -> None:
    from django.contrib.auth.models import update_last_login

    before = Entry.objects.count()
    update_last_login(Member, member)
    assert Entry.objects.count() == before
    assert "last_login" not in Entry.objects.get(table="people_member").after


def test_null_false_and_quotes_are_kept(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(is_active=False)
    Person.objects.filter(pk=member.person_id).update(name="李\"娜'\\\n")
    after = json.loads(Entry.objects.filter(table="people_member", operation="U").get().after)
    assert after in ({"is_active": False}, {"is_active": 0})
    assert json.loads(Entry.objects.filter(table="people_person", operation="U").get().after) == {"name": "李\"娜'\\\n"}
    unit = json.loads(Entry.objects.get(table="people_unit").after)
    assert unit["superior_id"] is None
    assert connection.vendor == "sqlite" or unit["valid_from"] is None
