"""The names of those who answer for a task.

A name is recognised by how it ends (局, 委, 办公室 …) or by the words that make it a group (各, 有关 …), never
by a list of known units: plans of any county, ministry and year must read alike.
"""

from __future__ import annotations

import re

from .vocabulary import remembered

_SOLID = (
    "局|委|办|厅|部|院|署|会|室|段|中心|公司|集团|银行|支行|分行|人行|队|站|处|科|股|所|政府|办事处|街道办|学校|大学|学院|医院|联|"
    "工会|妇联|残联|科协|侨联|文联|工商联|红十字会|社|台|馆|司|组|专班|单位|部门|机构|机关|党委|党组|党工委|法院|检察院|纪委|监委|政法委|"
    "兵团|海关|协会|商会|学会|团委|团县委|团市委|团区委|团省委|法制办|运营商|管委会|企业|指挥部|平台|代表处|办事机构|军区|人武部|武警|检察|供电|电网|石化|联通|移动|电信|铁塔|邮政|烟草|盐业|气象|税务|总工会|关工委|编委|工委|党校|电视台|报社|档案馆|图书馆|血站|殡仪馆|"
    "法庭|分局|总局|支局|事务局|联合社|信用社|农商行|分公司|总队|支队|大队|中队|派出所|司法所|研究院|研究所|事务所|服务站|服务所|基地|公证处|仲裁委|仲裁院|监狱|戒毒所|看守所"
)
_PLACE = "街道|乡|镇|区|县|市|州|盟|旗|省|园|园区|社区|村|兵站|苏木|农场|林场|开发区|高新区|新区|经开区|示范区|度假区|景区|保税区|自贸区|合作区"
_NAME_END = re.compile(
    rf"(?:{_SOLID}|{_PLACE}|地区|地方|乡镇|镇街|县区|区县|市县|办所|基层|成员|主体|院校|高校|媒体|组织)$"
)
_SOLID_END = re.compile(rf"(?:{_SOLID})$")
_GROUP = re.compile(
    r"各(?!自|项(?!目)|类|种|方面|环节|领域)|有关|相关|全体|所有|涉及|其他|其它|成员单位|(?:上述|以上|前述)(?:单位|部门)|县级以上|市县两级|乡镇两级|"
    r"^(?:省|市|县|区|州|旗)?(?:级|直|属)?(?:政府|机关|委)?(?:组成|工作|职能|业务|主管|行业主管|行业|执法|行政执法|行政|业务主管|监管|责任)?(?:部门|单位|机关|企事业单位|机构)(?:\(单位\))?$|"
    r"(?:直属|派出|驻[^,、]{0,4}|省直|市直|县直|区直|州直|省级|市级|县级|区级|直|属)(?:各)?(?:行政)?(?:部门|单位|机构|机关|企业|企事业单位)|"
    r"(?:政府|党委|县委|市委|区委|省委|委办)(?:工作|组成|职能|部委办局|直属)?(?:部门|机构|单位)|(?:执法|主管|监管|职能|行业管理)(?:部门|单位|机关)|"
    r"^(?:乡镇|镇街|镇村|县区|区县|县市区|市县区|县\(市、?区\)|县、?\(?市、?区\)?|乡镇、?街道|乡\(镇\)|镇\(街道\)|乡镇\(街道\)|街镇|街乡镇|街道乡镇)(?:人民)?(?:政府|办事处|党委)?$|成员$|运营商|金融机构|(?<!公共)企业$|院校$|高校$|(?<!村)(?:乡镇|街镇|镇街)$"
)
_GENERIC = re.compile(
    r"(?:县级|地级|省级|市级|乡级)?(?:乡|镇|乡镇|街镇|街|街道|街道办|街道办事处|办事处|社区|村|村居|村\(居\)|区|县|市|旗|州|盟|县区|区县|市县|县市区|自治县|自治旗|特区|林区|苏木|部门|单位|机构|机关|委|办|局|厅|部|人民团体|直属机构|派出机构|直属单位|直属事业单位|企事业单位|企业|农场|林场|农林场|园区|功能区|开发区|开发园区|经济开发区|工业园区|产业园区|管委会|高新区|新区|示范区|度假区|党委|党工委|政府|场|所|队|室|科|股|处|站|院校|学校|医院|学会|协会|科室|股室|处室)"
    r"(?:\([^()]{1,12}\))?(?:人民政府|政府|办事处|党委|党工委|管委会|\(单位\))?(?:\([^()]{2,6}\))?"
)
_AREA = re.compile(r".*(?:开发区|园区|管委会|新区|高新区|示范区|度假区|农场|林场|功能区)$")
_OF_DEPARTMENTS = re.compile(r"(?:有关|相关|其他|各|直)[^、]*部门$")
_CLOSING_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]?$")
_STOP = re.compile(
    r"\d{4}年|\d月|%|^(?:设在|详见|报送|送至|见附)|[位门](?:要|应|均|须)|[。:;!?《》\"%]|^(?:以下|上述任务|未明确|所列|其余|不再|均)|均需|不再|的(?!.*(?:部门|单位|地区|企业|乡镇|街道)$)|工作$|制度$|方案$|机制$|建设$|问题$|情况$|任务$|措施$|规定$|办法$|意见$|条例$|活动$|试行|行动$|暂行"
)


@remembered
def looks_like_name(text: str) -> bool:
    """Whether folded words could be the name of a unit or of a group of units."""
    if not 2 <= len(text) <= 45 or _STOP.search(text):
        return False
    bare = strip_brackets(text)
    return bool(bare) and (bool(_NAME_END.search(bare)) or is_group(text))


@remembered
def is_solid(text: str) -> bool:
    """Whether folded words end as a unit proper does (局, 委, 办公室), not merely as a place does."""
    return bool(_SOLID_END.search(strip_brackets(text)))


@remembered
def is_group(text: str) -> bool:
    """Whether folded words mean a group of units (各乡镇、街道, 县直有关部门)."""
    if _GROUP.search(text):
        return True
    return (
        bool(_GENERIC.fullmatch(text))
        and not (_AREA.fullmatch(text) and text not in ("开发区", "园区", "管委会"))
        and text != "机关党委"
    )


def is_kind(text: str) -> bool:
    """Whether folded words are the name of a kind (街道, 市), perhaps with its office (街道办事处)."""
    return _GENERIC.fullmatch(text) is not None


def is_bare_kind(text: str) -> bool:
    """Whether folded words name only a kind (街道, 市、区) and nobody in particular."""
    return all(is_kind(piece) for piece in re.split("[、,/]", text) if piece)


def strip_brackets(text: str) -> str:
    """Folded words without what stands in a closing bracket."""
    return _CLOSING_BRACKET.sub("", text) if text[-1:] in ")]" or "(" in text or "[" in text else text


def continues_group(left: str, right: str) -> bool:
    """Whether ``right`` after 、 still belongs to the group phrase ``left``: 各乡镇、街道; 有关部门、单位."""
    if _OF_DEPARTMENTS.search(left) and right.startswith(("单位", "机构")):
        return True
    return ("各" in left or left.startswith(("有关", "相关", "涉及"))) and (
        is_kind(right) or _PROVINCES.fullmatch(right) is not None
    )


_PROVINCES = re.compile(r"(?:自治[区州县旗盟]|直辖市|计划单列市)(?:\([^()]{1,12}\))?(?:人民政府|政府)?")
"""What follows 各省、 in the phrases that mean every province."""
