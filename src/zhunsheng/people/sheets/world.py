"""What stands in the database at or below one division, as the check of a workbook needs it: a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhunsheng.people.conditions import in_force, within
from zhunsheng.people.models import (
    Decision,
    Division,
    DivisionCode,
    DivisionKind,
    Member,
    MemberRole,
    Role,
    RoleProposal,
    Unit,
    UnitAlias,
)
from zhunsheng.people.sheets import cells
from zhunsheng.people.sheets.findings import Bad

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

UnitKey = tuple[str, str]
"""A living unit: the label of its division and its short name."""
RoleKey = tuple[Role, UnitKey | None]
"""A role of a member: for a unit, or (``None``) for the whole place."""


@dataclass(slots=True)
class World:
    """Divisions by label, living units by key, members by user name; and what of them is asked for by name.

    The label of a division is the chain of names below the root (城关镇/东关村); that of the root is its own name.
    """

    root: Division
    divisions: dict[str, Division] = field(default_factory=dict)
    units: dict[UnitKey, Unit] = field(default_factory=dict)
    aliases: dict[UnitKey, dict[str, UnitAlias]] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    roles: dict[str, set[RoleKey]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    ended: dict[UnitKey, Unit] = field(default_factory=dict)
    keys: dict[int, UnitKey] = field(default_factory=dict)
    taken_usernames: frozenset[str] = frozenset()
    taken_codes: frozenset[str] = frozenset()


def load(root: Division, day: date, usernames: Iterable[str] = (), codes: Iterable[str] = ()) -> World:
    """The world at or below ``root``; ``usernames`` and ``codes`` are asked for in the whole database."""
    world = World(root)
    _load_divisions(world)
    labels = {division.pk: label for label, division in world.divisions.items()}
    _load_units(world, labels)
    _load_members(world, day)
    others = Member.objects.filter(username__in=set(usernames)).exclude(within(root, "unit__division__"))
    world.taken_usernames = frozenset(others.values_list("username", flat=True))
    elsewhere = DivisionCode.objects.filter(code__in=set(codes), valid_to=None).exclude(within(root, "division__"))
    world.taken_codes = frozenset(elsewhere.values_list("code", flat=True))
    return world


def _load_divisions(world: World) -> None:
    root = world.root
    by_path: dict[str, str] = {}
    for division in Division.objects.filter(within(root)).order_by("path"):
        above = by_path.get(division.path[:-4], "")
        by_path[division.path] = "" if division.pk == root.pk else join(above, cells.name(division.name))
        world.divisions[by_path[division.path] or cells.name(root.name)] = division
    codes = DivisionCode.objects.filter(within(root, "division__"), valid_to=None)
    paths = {division.path: label for label, division in world.divisions.items()}
    world.codes = {paths[row.division.path]: row.code for row in codes.select_related("division")}


def join(above: str, name: str) -> str:
    """The label of a division below the one with the label ``above`` (empty for the root)."""
    return f"{above}/{name}" if above else name


def _load_units(world: World, labels: dict[int, str]) -> None:
    for unit in Unit.objects.filter(within(world.root, "division__")).order_by("division__path", "pk"):
        key = (labels[unit.division_id], cells.name(unit.short_name))
        if unit.ending:
            world.ended[key] = unit
        else:
            world.keys[unit.pk] = key
            world.units[key] = unit
    aliases: defaultdict[UnitKey, dict[str, UnitAlias]] = defaultdict(dict)
    for alias in UnitAlias.objects.filter(within(world.root, "unit__division__"), unit__ending="").order_by("pk"):
        aliases[world.keys[alias.unit_id]][cells.name(alias.name)] = alias
    world.aliases = dict(aliases)


def _load_members(world: World, day: date) -> None:
    """Members, and the roles that they hold or that are asked for."""
    members = Member.objects.filter(within(world.root, "unit__division__")).select_related("person", "unit__division")
    world.members = {member.username: member for member in members.order_by("unit__division__path", "pk")}
    held: defaultdict[str, set[RoleKey]] = defaultdict(set)
    place = within(world.root, "member__unit__division__")
    in_hand = MemberRole.objects.filter(place, in_force(day))
    asked = RoleProposal.objects.filter(place, decision=Decision.OPEN)
    columns = ("member__username", "role", "unit_id", "division_id")
    for username, role, unit_id, division_id in [*in_hand.values_list(*columns), *asked.values_list(*columns)]:
        if unit_id in world.keys or division_id == world.root.pk:
            held[username].add((Role(role), world.keys.get(unit_id)))
    world.roles = dict(held)


class Labels:
    """Divisions by label, standing and planned, found by the end of their label."""

    def __init__(self, world: World) -> None:
        self._root = cells.name(world.root.name)
        self.kinds: dict[str, DivisionKind] = {}
        self._ends: defaultdict[str, list[str]] = defaultdict(list)
        for label, division in world.divisions.items():
            self.add(label, DivisionKind(division.kind))

    def add(self, label: str, kind: DivisionKind) -> None:
        """Note a division."""
        self.kinds[label] = kind
        parts = label.split("/")
        for start in range(1, len(parts)):
            self._ends["/".join(parts[start:])].append(label)

    def find(self, text: str) -> str:
        """The label that ``text`` means: itself, or the end of one only; the root for no text. Raises ``Bad``."""
        if not text:
            return self._root
        if text in self.kinds:
            return text
        ends = self._ends.get(text, [])
        if len(ends) == 1:
            return ends[0]
        if ends:
            raise Bad("division_ambiguous", f"有几个“{text}”。", f"请写成其中一个：{'、'.join(sorted(ends)[:5])}。")
        raise Bad("division_unknown", f"没有区划“{text}”。", "请先在“区划”表里加上，或者改正名称。")


class Names:
    """Living units by key, standing and planned, found by 简称, by 简称（区划）, else by 全称."""

    def __init__(self, full: dict[UnitKey, str]) -> None:
        self.full = full
        self._short: defaultdict[str, list[UnitKey]] = defaultdict(list)
        self._full: defaultdict[str, list[UnitKey]] = defaultdict(list)
        for key, name in full.items():
            self._short[key[1]].append(key)
            self._full[name].append(key)
        for key in full:
            if key not in self._short[qualified(key)]:
                self._short[qualified(key)].append(key)

    def find(self, text: str) -> UnitKey:
        """The unit that ``text`` means. Raises ``Bad``."""
        plain = text.replace("(", "（").replace(")", "）")
        found = self._short.get(text) or self._short.get(plain) or self._full.get(text) or []
        if len(found) == 1:
            return found[0]
        if found:
            ways = "、".join(qualified(key) for key in sorted(found)[:5])
            raise Bad("unit_ambiguous", f"有几个“{text}”。", f"请写成其中一个：{ways}。")
        raise Bad("unit_unknown", f"没有单位“{text}”。", "请先在“单位”表里加上，或者改成现用的简称。")

    def written(self, key: UnitKey) -> str:
        """A unit as ``find`` finds it: its short name, with its division where others have the same."""
        return key[1] if self._short[key[1]] == [key] else qualified(key)


def qualified(key: UnitKey) -> str:
    """A unit with its division: 东关村（城关镇/东关村）."""
    return f"{key[1]}（{key[0]}）"
