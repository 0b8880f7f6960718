"""The steps from upload to publication, as the bar above each page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from zhunsheng.kernel.links import reverse
from zhunsheng.programmes.plans.actions.settling import Lacking, lacking
from zhunsheng.programmes.plans.models import Edition


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``kind`` is its shape, ``note`` how far it is."""

    key: str
    words: str
    note: str
    kind: str
    href: str


def steps(edition: Edition, here: str) -> dict[str, object]:
    """The bar for a page (``here`` is the key of its step) and what is still open; three queries."""
    open_ = lacking(edition)
    return {"here": here, "bar": _bar(edition, open_), "open": open_}


def _bar(edition: Edition, open_: Lacking) -> list[Step]:
    def address(name: str) -> str:
        return reverse(f"desk:{name}", args=[edition.plan_id])

    mending, ready = open_.doubts + open_.idle, edition.state == "ready"
    counted = ((open_.doubts, f"{open_.doubts} 处存疑"), (open_.idle, f"{open_.idle} 项没有单位"))
    note = "，".join(words for count, words in counted if count) or "没有存疑"
    return [
        Step("upload", "导入", edition.source.name, "done", address("plan")),
        Step("mend", "核对任务", note, "run" if mending else "done", address("plan_mend")),
        Step("names", "对应单位", f"{open_.names} 个没有定" if open_.names else "都定了",
             "run" if open_.names else "done", address("plan_names")),
        Step("terms", "方案要素", "主管单位、周期、期限", "done" if ready else "new", address("plan_terms")),
        Step("publish", f"复核、发布第 {edition.number} 版", "要另一个人" if ready else "两个人办",
             "wait" if ready else "new", address("plan_publish")),
    ]  # fmt: skip
