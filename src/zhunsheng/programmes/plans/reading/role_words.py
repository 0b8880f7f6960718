"""The words by which lists give roles: verbs, tails, brackets, and what is no name at all. Folded text in, facts out."""

from __future__ import annotations

import re

from .model import UnitRole
from .units import looks_like_name, strip_brackets
from .vocabulary import remembered

_FIRST_LEADS = re.compile(
    r"(?:列|排|排名|位列|名列|列在|排在|居|位于|处于)?(?:在)?(?:各项|每项)?(?:任务)?(?:第一位|首位|第一个|第一|第1位|第1个|首个|最前)(?:的)?(?:单位|部门|责任单位)?(?:的)?(?:单位|部门)?(?:均)?(?:为|是|系|作为)(?:该项|本项|各项)?(?:工作|任务)?(?:的)?(?:总)?牵头(?:责任)?(?:单位|部门)?"
)
_VERB = re.compile(
    r"(?:(?:按照?|依据|根据|依|结合|依照)(?:各自|部门|各|其)?的?(?:职责|职能|职责分工|职能分工|分工|任务分工|工作职责|职权)(?:范围)?(?:内)?(?:分工)?(?:要求)?(?:,|、)?)?"
    r"(?:(?:共同|分别|分工|具体|密切|积极|联合|协同|协调|各自|牵头|统筹|统一|组织|督促|指导|主要|全程|会同|做好|一并|抓好|负总责|和|并|、){0,3}"
    r"(?:牵头负责|牵头组织|牵头落实|牵头实施|牵头推进|牵头办理|牵头|负责|负总责|配合|参与|参加|协助|协办|承办|主办|协作|支持|落实|实施|组织实施|推进|督促落实|督办|办理|抓好落实|贯彻落实|总牵头|抓总|各负其责|指导|协调|监督|研究(?:提出|制定|起草)?.{0,6}(?:意见|办法|方案|措施))"
    r"(?:落实|实施|推进|组织实施|工作|做好.{0,8}|办理|抓好落实|制定|并组织实施)?)?$"
)
"""What ends an entry and gives its role: 牵头, 共同配合, 按职责分工负责. Matches nothing at the very end otherwise."""
_VERB_INSIDE = re.compile(
    r"(?P<name>.{2,30}?)(?P<verb>(?:共同|分别)?(?:牵头(?:负责|组织|落实)?|负责))(?P<rest>(?!单位|部门|责任)[^、,;]+)$"
)
"""A role told in the middle of an entry: 县司法局牵头县财政局配合."""
_TAIL = re.compile(
    r"(?:等)(?:\d+|[一二三四五六七八九十几多])?(?:个|家)?(?:(?:省|市|县|区|州|国务院|中央)(?:直|级|政府)?)?(?:有关|相关|各|其他|涉及|有关的)?(?:成员|职能|责任|行业|主管|执法|政府|行政)?(?:部门|单位|部委|机构|地方|地区|企业|成员单位|部门和单位|部门、单位|委办局|部门单位|单位部门)?(?:\(单位\))?$"
)
"""等, 等部门, 等有关单位 at the end of a list."""
_NOISE = re.compile(
    r"^(?:下同|各自|按职责分工|按职责|按照职责分工|按照各自职责|依职责|分工负责|分别负责|各司其职|各负其责|共同负责|其中|持续推进|长期坚持|长期|全年|略|无|同上|排名不分先后|-+|/+|\d.*|(?!各).*(?:牵头|汇总)(?:责任)?单位.*|按.*分工.*|按.*职责.*|根据.*职责.*|列.*|排.*|等)$"
)
_WHEN = re.compile(
    r"^(?:年内|年底|\d|[一二三四]季度|上半年|下半年|长期|持续|适时|贯穿|全年|逐年|分阶段|于\d|在\d|力争|到20)|(?:持续推进|长期坚持|常抓不懈|前完成|年底前|月底前|日前|出台)$"
)
"""An entry that says when, not who."""
_PERSONS = re.compile(r"(?:副?[县市区省州镇乡]长|秘书长|副主任|副书记|常委(?!会)|同志)")
"""An entry that names a person's office."""
_HEADS = re.compile(r"(?:党政)?(?:主要|分管)?(?:领导|负责人|负责同志)$")
"""What is printed after a unit when its heads are meant."""
_PROSE = re.compile(
    r"[。:;!?《》\"%]|\d{3,}|的|均需|不再|^(?:以下|未明确|所列|其余|做好|推进|加强|完成)|(?:工作|制度|机制|完成|项目)$"
)
_LEADING = re.compile(
    r"^(?:由|以|为|是|:|会同|并会同|联合|协同|和|及|与|以及|并|请|配合|责任|牵头|分别由|其中|\.)+(?=[\u4e00-\u9fff]{2,})"
)
_ALWAYS_LEADING = ("由", ":", "会同", "并会同", "分别由", ".")
_DEFINES = re.compile(r"^[(\[](?:均?含|包括|包含|以下简称|下同|简称|即|列.*|排.*|不含)")


_TELLS_LEAD = re.compile(r"^[(\[](?:总)?牵头(?:单位|部门)?[)\]]?$")
_TELLS_OTHER = re.compile(r"^[(\[](?:配合|责任|协办|参与|主办|承办|会办|分办|负责)(?:单位|部门)?[)\]]?$")
_TOLD = re.compile("牵头|配合|协助|协办|参与|参加|支持")
_LABELS = "牵头 配合 协办 协助 参与 参加 承办 主办 支持 负责 落实 实施 推进 指导 监督".split()
_SHORT_NAME = 16
AND_WITH = re.compile(
    r"(?<=[局委办厅部院署会室心司队府镇区])[,、]?并?(?:会同|(?<![区镇])商(?=有关|相关|各|省|市|县|财政|发展|国家|中央))(?=[\u4e00-\u9fff])"
)
"""会同 between two names parts them like a comma."""


_STANDING = re.compile(r"^(?:以下|下列|上述|其余|其他)[^,。;]*(?:均|都|由|不再)")


def is_standing(entry: str) -> bool:
    """Whether an entry begins a clause about all other tasks: 以下各项工作均需……落实，不再列出."""
    return _STANDING.match(entry) is not None


def states_first_is_lead(plain: str) -> bool:
    """Whether words say that the unit listed first is the lead unit."""
    return _FIRST_LEADS.search(plain) is not None


def role_of(words: str) -> UnitRole:
    """The role that a label or verb gives: lead where it says 牵头."""
    return "lead" if "牵头" in words else "responsible"


def tells_role(verb: str) -> bool:
    """Whether a verb tells lead from helper: 按职责分工负责 does not."""
    return _TOLD.search(verb) is not None


def verb_label(verb: str) -> str:
    """The one word of a verb that names the role: 密切配合 gives 配合."""
    return next((word for word in _LABELS if word in verb), "负责")


@remembered
def verb_start(entry: str) -> int:
    """Where the role verb that ends an entry begins; the length of the entry if it ends in none."""
    match = _VERB.search(entry)
    return match.start() if match is not None else len(entry)


def without_verb(entry: str) -> str:
    """An entry without the role verb at its end; the entry itself where it is nothing but a verb."""
    return entry[: verb_start(entry)] or entry


def verb_inside(entry: str) -> tuple[int, str, int] | None:
    """A role told in the middle of an entry: end of the name, the verb, start of what follows."""
    match = _VERB_INSIDE.match(entry)
    if match is None or not looks_like_name(match["name"]):
        return None
    return match.end("name"), match["verb"], match.start("rest")


@remembered
def tail_start(entry: str) -> int | None:
    """Where 等 and its like begin at the end of an entry; None where the list is closed."""
    match = _TAIL.search(entry)
    return match.start() if match is not None else None


@remembered
def is_noise(entry: str) -> bool:
    """Whether an entry of a list names nobody: 下同, 持续推进, a date, a rule."""
    if _NOISE.match(entry) or _PERSONS.search(entry):
        return True
    return _WHEN.search(entry) is not None and not looks_like_name(entry)


def heads_start(entry: str) -> int:
    """Where 主要领导 and its like begin at the end of an entry; its length where they do not."""
    match = _HEADS.search(entry)
    return match.start() if match is not None else len(entry)


@remembered
def may_be_name(entry: str) -> bool:
    """Whether words in a list of units can be a name: they look like one, or are short and free of prose."""
    if len(entry) < 2 or is_noise(entry):
        return False
    return looks_like_name(entry) or (len(entry) <= _SHORT_NAME and _PROSE.search(entry) is None)


def leading_words(entry: str) -> int:
    """How many characters before the name in an entry only lead up to it (由, 会同)."""
    match = _LEADING.match(entry)
    if match is None or (looks_like_name(entry) and match[0] not in _ALWAYS_LEADING):
        return 0
    return match.end()


def is_definition(bracket: str) -> bool:
    """Whether a bracket after a name says what the name means, and is no part of it."""
    return _DEFINES.match(bracket) is not None


def tells_in_bracket(bracket: str) -> bool:
    """Whether a bracket after a name gives its role: 甲（牵头）."""
    return _TELLS_LEAD.match(bracket) is not None or _TELLS_OTHER.match(bracket) is not None


def says_host_leads(plain: str) -> bool:
    """Whether words say that the unit called 主办单位 leads."""
    return re.search(r"主办(?:单位|部门)(?:负责)?(?:为|是)?(?:总)?牵头", plain) is not None


def is_rule(entry: str) -> bool:
    """Whether an entry is the rule about the first unit, outside any bracket."""
    return "牵头" in entry and states_first_is_lead(strip_brackets(entry))
