"""Official documents of a matter: the order itself, the summons to a talk, the notice, the letter of transfer."""

from __future__ import annotations

from datetime import date

from zhunsheng.kernel.matter.kinds import kind, steps
from zhunsheng.kernel.matter.models import Matter, Proposal
from zhunsheng.kernel.matter.rights import printed_name
from zhunsheng.kernel.now import local_day
from zhunsheng.kernel.paper.model import Level, Paper, Part, in_words


def order(matter: Matter) -> Paper:
    """The matter as it is given to the unit: what it comes from, what is demanded, by when."""
    settled = kind(matter.kind)
    body = [Part("一、事由", Level.FIRST), *(Part(f"{origin.label}。") for origin in matter.origins.all())]
    if len(body) == 1:
        body.append(Part(f"{matter.title}。"))
    body += [
        Part("二、办理要求", Level.FIRST),
        Part(matter.demands),
        Part("三、办理期限", Level.FIRST),
        _limits(matter),
    ]
    if matter.basis:
        body.append(Part(f"依据：{matter.basis}。"))
    outside = settled.incoming
    return Paper(
        title=matter.title if outside else _title(matter.title, settled.label),
        body=tuple(body),
        head="" if outside else matter.issuer_name,
        number=matter.document_number,
        addressee=matter.unit_name,
        signer=matter.issuer_name,
        day=local_day(matter.issued_at) if matter.issued_at else None,
        issued_by=matter.issuer_name,
    )


def _title(title: str, label: str) -> str:
    """关于……的督办单; a title of another form stands in a line of its own."""
    return f"{title.removesuffix('的')}的{label}" if title.startswith("关于") else f"{title}\n{label}"


def _limits(matter: Matter) -> Part:
    """By when it must be signed for and answered."""
    signing = f"请于{in_words(matter.sign_by)}前签收，" if matter.sign_by else ""
    due = f"于{in_words(matter.due)}前报送办理情况和佐证材料" if matter.due else "尽快报送办理情况和佐证材料"
    return Part(f"{signing}{due}。")


def escalation(proposal: Proposal) -> Paper:
    """The paper of an approved step of escalation."""
    matter, step = proposal.matter, steps()[proposal.what]
    signed_on = local_day(proposal.decided_at) if proposal.decided_at else None
    return Paper(
        title=_TITLES[proposal.what].format(unit=matter.unit_name, paper=step.paper),
        body=tuple(_BODIES[proposal.what](matter, proposal, signed_on)),
        head=_issuer(matter),
        number=proposal.document_number,
        addressee="各有关单位" if proposal.what == "notice" else matter.unit_name if proposal.what == "talk" else "",
        signer=_issuer(matter),
        day=signed_on,
        issued_by=_issuer(matter),
        copies=(matter.unit_name,) if proposal.what == "notice" else (),
    )


def _issuer(matter: Matter) -> str:
    """Who presses: the issuing unit itself, also for what came from outside."""
    return printed_name(matter.issuer_id) if kind(matter.kind).incoming else matter.issuer_name


def _given(matter: Matter) -> str:
    """What was given when and for when, in one sentence."""
    when = in_words(local_day(matter.issued_at)) if matter.issued_at else ""
    due = f"，要求于{in_words(matter.due)}前办结" if matter.due else ""
    return f"{when}，以{matter.document_number}交办“{matter.title}”{due}。"


def _talk(matter: Matter, proposal: Proposal, _day: date | None) -> list[Part]:
    return [
        Part(_given(matter)),
        Part(proposal.reason),
        Part(f"现定于{proposal.where}对你单位主要负责人进行约谈，请按时到场，并带书面说明和整改措施。"),
    ]


def _notice(matter: Matter, proposal: Proposal, _day: date | None) -> list[Part]:
    return [
        Part(f"对{matter.unit_name}：{_given(matter)}"),
        Part(proposal.reason),
        Part("现予以通报。请各单位引以为戒，按期办理交办事项。"),
    ]


def _transfer(matter: Matter, proposal: Proposal, _day: date | None) -> list[Part]:
    return [
        Part(f"对{matter.unit_name}：{_given(matter)}"),
        Part(proposal.reason),
        Part("现将有关情况和材料移送，请依规处理并反馈结果。"),
    ]


_BODIES = {"talk": _talk, "notice": _notice, "transfer": _transfer}
_TITLES = {
    "talk": "对{unit}的{paper}",
    "notice": "关于{unit}未按要求办理交办事项的{paper}",
    "transfer": "关于{unit}有关情况的{paper}",
}
