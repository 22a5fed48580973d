"""The grammar of bylines: printed words to people.

::

    byline    = group (blank group)* action?          新甘肃·甘肃日报记者 杨唯伟 通讯员 王亚海 赵彦洲
    group     = outlet? role? names
    lead-in   = outlet place? date? (讯 | 电) "(" byline ")"      本报讯(记者田国奎)
    sign-off  = "(" byline action ")"                 (本报记者杨颜菲采访整理)
    credit    = byline (摄 | 供图 …), at a caption's end           新华社记者 王静远 摄

All functions take folded text.
"""

import re
from dataclasses import dataclass, replace

from gongwen_site.chinese.typography import HAN
from gongwen_site.loader.names import could_be_name, is_name
from gongwen_site.records.article import Person

_ROLE = (
    r"(?:特约|特派|特邀|见习|实习|首席|高级|全媒体|融媒体|全媒|融媒|本埠|驻站|新媒体)*(?:记者|通讯员|评论员|撰稿人|撰稿|摄影师)"
    r"|实习生|作者|编译|整理|文字|摄影|图片"
)
_ROLE_AT = re.compile(rf"^(?P<outlet>[{HAN}A-Za-z·/\-—]{{0,20}}?)(?P<role>{_ROLE})(?P<rest>.*)$")
_ACTION = re.compile(
    r"(?:[·\s]*(?:摄影报道|图文报道|摄影|报道|采访整理|整理|参与采写|采写|采访|综合|供稿|供图|提供|文并摄|文/?图|图/?文|摄|绘|图|文))+$"
)
_SAYS_ROLE = re.compile(_ROLE)
_WHOLE_ROLE = re.compile(rf"(?:{_ROLE})")
_NO_BYLINE = re.compile(r"[。!?“”]")
_NO_SPEAKER = re.compile(r"[。!?,:;]")
_ONE_CHARACTER = re.compile(rf"[{HAN}]")
_WORKS = frozenset({"文字", "摄影", "图片", "整理", "编译"})
"""Roles that say what somebody did, not what they are: without a name they are nobody's."""
_SPLIT = re.compile(r"[\s、,;/|丨]+")
_OUTLET_NAME = re.compile(r"(?:报|社|网|台|刊|杂志|周刊|中心|客户端|新闻|传媒|集团|通讯|本报驻.{1,8})$")
_LABEL = re.compile(r"^(?:作者|记者|文|撰文|图/文|文/图)\s*[:/]\s*")
_TELLER = re.compile(
    rf"^(?P<role>主讲人|讲述人|讲述者|口述|讲述)\s*:\s*(?:[^\s。!?]{{2,40}}\s)?(?P<name>[{HAN}]{{1,4}}(?:\s[{HAN}])?)$"
)
_BULLET = re.compile(r"^[□■◆●▲△○◎◇★☆]\s*")

LEAD_IN = re.compile(
    r"^(?:据)?(?P<outlet>本报|本网|本站|本刊|本台|新华社|中新社|中新网|人民网|新华网"
    rf"|[{HAN}]{{1,8}}(?:日报|晚报|时报|早报|晨报|商报|工人报|青年报|农民报|都市报|京报|电视台|网))"
    rf"(?P<place>[{HAN}·]{{0,14}}?)\s*(?P<date>(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?)\s*(?P<kind>快?讯|电)"
    r"\s*(?:\((?P<people>[^()]{1,120})\)"
    r"|(?P<named>(?:特约|见习|实习|首席|全媒体|融媒体)?(?:记者|通讯员)\s*[^\s,。:;()]{2,30}(?:\s[^\s,。:;()]{1,20}){0,6}?)\s*报道\s*[:,]?)?"
)
_SIGNATURE = re.compile(r"\((?P<inside>[^()]{2,240})\)$")
_CREDIT_END = re.compile(r"(?:摄影报道|摄影|摄|供图|图片报道|绘|(?<=[社图])发)\s*(?:\([^()]{2,12}\))?\s*[)\]]?$")
_SENTENCE_END = re.compile(r"[。!?;:,(\[”…]")
_TITLE_BEFORE_NAME = (
    "主席",
    "书记",
    "主任",
    "部长",
    "局长",
    "厅长",
    "处长",
    "科长",
    "所长",
    "站长",
    "经理",
    "总裁",
    "董事长",
    "市长",
    "县长",
    "区长",
    "州长",
    "镇长",
    "乡长",
    "校长",
    "院长",
    "会长",
    "秘书长",
    "理事长",
    "委员",
    "代表",
    "教授",
    "研究员",
    "工程师",
)
_SPEAKER = re.compile(rf"^[{HAN}、()“”·\s]{{4,60}}?(?:{'|'.join(_TITLE_BEFORE_NAME)})\s*(?P<name>[{HAN}]{{2,4}})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadIn:
    """The words before a report's first sentence: who sends it, whence, when. `length` of them in the line."""

    outlet: str
    place: str | None
    date: str | None
    people: tuple[Person, ...]
    length: int


def parse_people(text: str, *, strict: bool = True) -> tuple[Person, ...]:
    """Return the people of a byline, none if `text` is anything else. A name without a role must be a known form.

    `strict=False` forgives words that are no names (作者单位…) and returns those that are.
    """
    text = _BULLET.sub("", text.strip())
    text = _LABEL.sub(lambda m: "作者 " if m[0].startswith(("作者", "文", "撰", "图")) else "记者 ", text)
    text = _ACTION.sub("", text)
    if not text or len(text) > 240:
        return ()
    people: list[Person] = []
    outlet: str | None = None
    role: str | None = None
    pending = False  # a role still waits for its names
    half = ""  # 方 of 方 圆
    for token in filter(None, _SPLIT.split(text)):
        word = token
        match = _ROLE_AT.match(token)
        if match and (len(token) > 3 or not is_name(token) or _WHOLE_ROLE.fullmatch(token)):
            if half:
                return ()
            if pending:
                _unnamed(people, role, outlet)
            outlet, role = _outlet_and_role(match["outlet"], match["role"])
            pending = True
            word = match["rest"].lstrip(":")
            if not word:
                continue
        if len(word) == 1 and _ONE_CHARACTER.match(word):
            half, word = ("", half + word) if half else (word, "")
            if not word:
                continue
        elif half:
            return ()
        known = could_be_name(word) if role else is_name(word)
        if not known:
            if strict:
                return ()
            continue
        people.append(Person(name=word, role=role, outlet=outlet))
        pending = False
    if half:
        return ()
    if pending:
        _unnamed(people, role, outlet)
    return tuple(people)


def _unnamed(people: list[Person], role: str | None, outlet: str | None) -> None:
    """A role that no name follows: the office of somebody unnamed (本报记者), or the work of the one before (张三 图片)."""
    if role not in _WORKS:
        people.append(Person(role=role, outlet=outlet))
    elif people and people[-1].role is None:
        people[-1] = replace(people[-1], role=role)


def _outlet_and_role(outlet: str, role: str) -> tuple[str | None, str]:
    if outlet in {"本报", "本网", "本刊", "本社", "本站"} or _OUTLET_NAME.search(outlet):
        return outlet, role
    return None, outlet + role


def parse_byline(text: str) -> tuple[Person, ...]:
    """Return the people of a line that is a byline with a role: 本报记者 车辉 赖志凯."""
    if len(text) <= 90 and (teller := _TELLER.match(text)) and could_be_name("".join(teller["name"].split())):
        return (Person(name="".join(teller["name"].split()), role=teller["role"]),)
    if len(text) > 90 or not _SAYS_ROLE.search(text) or _NO_BYLINE.search(text):
        return ()
    people = parse_people(text.strip("()[]【】"))
    return people if any(person.role for person in people) else ()


def parse_names(text: str) -> tuple[Person, ...]:
    """Return the people of a line of names alone: 高小刚 赵要, 方 圆."""
    return parse_people(text) if 2 <= len(text) <= 24 else ()


def parse_lead_in(text: str) -> LeadIn | None:
    """Return what the line's beginning says of its sender: 本报北京6月30日电 (记者包晗)."""
    match = LEAD_IN.match(text[:220])
    if match is None:
        return None
    named = match["people"] or match["named"]
    people = parse_people(named, strict=False) if named else ()
    if match["kind"].endswith("讯"):
        sure = bool(people) or (match["outlet"].startswith("本") and len(match["place"]) <= 8)
    else:
        sure = bool(match["date"]) or any(person.role for person in people)
    if not sure:
        return None
    return LeadIn(
        outlet=match["outlet"],
        place=match["place"] or None,
        date=match["date"] or None,
        people=people,
        length=match.end(),
    )


def parse_signature(text: str) -> tuple[Person, ...]:
    """Return the people in brackets at the end of a paragraph or alone on a line: …表示。(王黎奎)."""
    match = _SIGNATURE.search(text[-244:])
    if match is None:
        return ()
    inside = match["inside"]
    people = parse_people(inside)
    if people or not re.search(_ROLE + r"|采写|采访", inside):
        return people
    # (作者为…教授,本报记者刘博通采访整理): the last clause names the writer.
    return parse_people(re.split(r"[,;]", inside)[-1])


def parse_credit(text: str) -> tuple[Person, ...]:
    """Return the people of a caption's closing credit: … 本报通讯员 黄政伟 摄."""
    tail = text[-60:].rstrip(")] ")
    if not _CREDIT_END.search(tail):
        return ()
    start = max((m.end() for m in _SENTENCE_END.finditer(tail)), default=0)
    credit = re.sub(r"(?:供图|摄影报道|摄影|摄|绘|发)\s*(?:\([^()]*)?$", "", tail[start:].strip()).strip()
    return parse_people(credit)


def has_credit(text: str) -> bool:
    """Return whether a line ends as a picture's caption does: 摄, 供图."""
    return bool(_CREDIT_END.search(text[-40:]))


def parse_speaker(text: str) -> Person | None:
    """Return the speaker whom a portrait's caption names: 旬阳市人大常委会副主任、市总工会主席向小敏."""
    if not 8 <= len(text) <= 70 or _NO_SPEAKER.search(text):
        return None
    match = _SPEAKER.match(text)
    if match is None or not is_name(match["name"]):
        return None
    return Person(name=match["name"])


def paper_of(outlet: str | None) -> str | None:
    """Return the newspaper that an outlet names: 甘肃日报 of 新甘肃·甘肃日报; 本报 and agencies name none."""
    for part in reversed(re.split(r"[·/\-—]", outlet or "")):
        if re.fullmatch(rf"[{HAN}]{{2,10}}报", part) and not part.startswith("本"):
            return part
    return None
