"""Many findings at once: one matter for each unit, shown before anything is opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zhunsheng.kernel.actor import Actor
from zhunsheng.kernel.errors import Refused
from zhunsheng.kernel.matter import actions
from zhunsheng.kernel.matter.flow import ALIVE, to_itself
from zhunsheng.kernel.matter.kinds import kind as kind_of
from zhunsheng.kernel.matter.models import Matter, MatterOrigin
from zhunsheng.kernel.matter.rights import printed_names
from zhunsheng.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found at one unit; ``text`` says what is wrong, in a sentence."""

    unit_id: int
    origin: Ref
    text: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """The matter that would be opened for a unit. ``pressed`` are origins left out: a live one of this kind has them.

    ``barred`` says why none can be opened for this unit at all; "" where one can.
    """

    unit_id: int
    unit_name: str
    findings: tuple[Finding, ...]
    pressed: tuple[Ref, ...]
    barred: str = ""

    @property
    def demands(self) -> str:
        """The findings, numbered."""
        lines = [finding.text or finding.origin.label for finding in self.findings]
        return lines[0] if len(lines) == 1 else "\n".join(f"{n}．{line}" for n, line in enumerate(lines, 1))


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of a plan: the matters, and what was refused for which unit."""

    matters: tuple[Matter, ...]
    refused: tuple[tuple[str, str], ...]


def preview(kind: str, findings: Iterable[Finding], *, issuer_id: int) -> list[Planned]:
    """One plan for each unit, in the order of their first findings; two queries, whatever their number."""
    grouped: dict[int, dict[Ref, Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.unit_id, {}).setdefault(finding.origin, finding)
    held = _held(kind, [origin for some in grouped.values() for origin in some])
    names = printed_names(list(grouped))
    barred = actions.own_unit(kind_of(kind).label)
    return [
        _planned(
            unit_id,
            names.get(unit_id, ""),
            list(some.values()),
            held,
            barred if to_itself(kind, unit_id, issuer_id) else "",
        )
        for unit_id, some in grouped.items()
    ]


def _planned(unit_id: int, name: str, findings: list[Finding], held: set[tuple[int, str, str]], barred: str) -> Planned:
    pressed = [one for one in findings if (unit_id, one.origin.kind, one.origin.key) in held]
    fresh = tuple(one for one in findings if one not in pressed)
    return Planned(unit_id, name, fresh, tuple(one.origin for one in pressed), barred)


def _held(kind: str, origins: Sequence[Ref]) -> set[tuple[int, str, str]]:
    """(unit, kind, key) of those origins that stand in a live matter of this kind."""
    rows = MatterOrigin.objects.filter(
        matter__kind=kind, matter__state__in=ALIVE, key__in={origin.key for origin in origins}
    )
    return set(rows.values_list("matter__unit_id", "kind", "key"))


def open_many(
    *,
    kind: str,
    planned: Iterable[Planned],
    issuer_id: int,
    title: str,
    basis: str = "",
    due: date | None = None,
    by: Actor,
) -> Opened:
    """Draft what was previewed, each by a change of its own; plans without findings are passed over."""
    made, refused = [], []
    for plan in planned:
        if not plan.findings:
            continue
        try:
            made.append(
                actions.open(
                    kind=kind, origins=[one.origin for one in plan.findings], unit_id=plan.unit_id,
                    issuer_id=issuer_id, title=title, demands=plan.demands, basis=basis, due=due, by=by,
                )
            )  # fmt: skip
        except Refused as error:
            refused.append((plan.unit_name, str(error)))
    return Opened(tuple(made), tuple(refused))
