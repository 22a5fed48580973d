"""Names of places, topics and newspapers as a reader may type them. Twin: `static/js/search/names.js`.

By the whole name, without 省 市 县 at its end, in pinyin, by initials, by a part; and those one slip away.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongwen_site.search.analyze import normalise, runs
from gongwen_site.search.reading import Name

KINDS = {"region": "regions", "topic": "topics", "paper": "papers"}
"""Each kind of name, and its list in the catalogue."""

_PEOPLES = (
    "蒙古|维吾尔|布依|朝鲜|土家|哈尼|哈萨克|傈僳|拉祜|东乡|纳西|景颇|柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|鄂温克|"
    "裕固|保安|独龙|鄂伦春|塔塔尔|门巴|珞巴|各|回|藏|苗|彝|壮|满|侗|瑶|白|傣|黎|佤|畲|水|土|羌|怒"
)
_ENDING = re.compile(
    rf"(?:(?:{_PEOPLES})族)*(?:自治(?:区|州|县|旗)|(?<=.)地区|特别行政区|(?<=..)(?:省|市|县|(?<!新)区|州|盟|旗))$|维吾尔自治区$"
)
_LEAST_PINYIN = 4
"""Letters that pinyin must have for a slip in it to be overlooked."""


def short(name: str) -> str:
    """Return a place's name without what kind of place it is: 白银 of 白银市, 临夏 of 临夏回族自治州."""
    return _ENDING.sub("", name) or name


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    place: int
    name: str
    documents: int
    forms: frozenset[str]
    pinyin: frozenset[str]
    initials: frozenset[str]
    read: str


class Names:
    """The names of a catalogue, each in all the forms that stand for it.

    `catalogue` holds rows with pinyin last; `fold` makes traditional characters simplified.
    """

    def __init__(self, catalogue: Mapping[str, Any], fold: Callable[[str], str]) -> None:
        self._fold = fold
        self._entries = [
            self._entry(kind, place, row)
            for kind, listed in KINDS.items()
            for place, row in enumerate(catalogue[listed])
        ]

    def called(self, kind: str, value: str) -> tuple[int, ...]:
        """Return the places in the catalogue of the names that `value` stands for, best first; of regions the topmost."""
        key = self._key(value)
        listed = [entry for entry in self._entries if entry.kind == kind]
        tests: tuple[Callable[[_Entry], bool], ...] = (
            lambda entry: key in entry.forms,
            lambda entry: key in entry.pinyin or key in entry.initials,
            lambda entry: key in self._key(entry.name),
        )
        for test in tests:
            found = [entry for entry in listed if key and test(entry)]
            if found:
                return tuple(entry.place for entry in _topmost(found))
        return ()

    def spelt(self, run: str) -> tuple[tuple[Name, ...], str]:
        """Return the places and newspapers whose pinyin or initials are `run`, most documents first; the first's short name."""
        found = [e for e in self._entries if e.kind != "topic" and (run in e.pinyin or run in e.initials)]
        found.sort(key=lambda entry: (run not in entry.pinyin, -entry.documents, entry.kind != "region", entry.place))
        found = _topmost(found)
        return tuple(Name(kind=e.kind, name=e.name) for e in found), found[0].read if found else ""

    def near(self, run: str, kind: str = "") -> tuple[Name, ...]:
        """Return the names that one slip parts from `run`: a character too many, too few, other, or two changed about."""
        found = [
            entry
            for entry in self._entries
            if kind in {"", entry.kind}
            and (
                any(_slip(run, form) for form in entry.forms)
                or any(len(run) >= _LEAST_PINYIN and _slip(run, form) for form in entry.pinyin)
            )
        ]
        found.sort(key=lambda entry: (-entry.documents, entry.kind, entry.place))
        return tuple(Name(kind=entry.kind, name=entry.name) for entry in found)

    def _key(self, text: str) -> str:
        return "".join(runs(self._fold(normalise(text))))

    def _entry(self, kind: str, place: int, row: Sequence[Any]) -> _Entry:
        name, documents, *rest = row
        parts = name.split("/") if kind == "region" else [name]
        bare = [short(part) for part in parts] if kind == "region" else parts
        brief = bare[-1] + parts[-1][-1:] if kind == "region" else bare[-1]  # 临夏州
        syllables = rest[0].split(" ") if rest and rest[0] else []
        # A syllable a character; where pinyin is longer or shorter than the name, only the whole can be typed.
        some = syllables[: len(bare[-1])] if len(syllables) == len(parts[-1]) else syllables
        spelt = [each for each in (syllables, some) if each]
        return _Entry(
            kind=kind,
            place=place,
            name=name,
            documents=documents,
            forms=frozenset(map(self._key, (parts[-1], bare[-1], brief, "".join(parts), "".join(bare)))),
            pinyin=frozenset("".join(each) for each in spelt),
            initials=frozenset("".join(syllable[0] for syllable in each) for each in spelt if len(each) > 1),
            read=bare[-1],
        )


def _topmost(entries: Iterable[_Entry]) -> list[_Entry]:
    entries = list(entries)
    regions = {entry.name for entry in entries if entry.kind == "region"}
    return [
        entry for entry in entries if entry.kind != "region" or not any(map(regions.__contains__, above(entry.name)))
    ]


def above(path: str) -> tuple[str, ...]:
    """Return the paths of the regions above one, the widest first."""
    parts = path.split("/")
    return tuple("/".join(parts[:depth]) for depth in range(1, len(parts)))


def _slip(typed: str, name: str) -> bool:
    """Return whether one change makes `name` of `typed`, and they share at least half of their characters."""
    if typed == name or abs(len(typed) - len(name)) > 1 or min(len(typed), len(name)) < 2:
        return False
    start = 0
    while start < min(len(typed), len(name)) and typed[start] == name[start]:
        start += 1
    one, other = typed[start:], name[start:]
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (one[1::-1] == other[:2] and one[2:] == other[2:])
    )
