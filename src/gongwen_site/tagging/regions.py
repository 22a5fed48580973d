"""The places of an article to its regions: what it is about first, then what else it mentions, each with its reasons.

A region weighs by where it is named: a speaker's unit most, then headline, dateline, first paragraph, the rest by how
often. From the heaviest province the choice goes down as long as one part outweighs the region itself, or is named
before it; three or more parts of like weight leave it where it is. Where an article is about no one place (`ground.py`),
it gets none.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gongwen_site.records.article import Evidence
from gongwen_site.records.reading import Doubt
from gongwen_site.tagging.ground import WEIGHTS, Ground, opens, own_weights, totals
from gongwen_site.tagging.mentions import Found, Mention
from gongwen_site.tagging.passages import HEADLINES, Passage
from gongwen_site.vocabulary.vocabulary import Region

HOME_BONUS = 1.2
OUTWEIGHS_SIBLINGS = 0.5
SIBLINGS_THAT_LIFT = 3
REASONS_KEPT = 3
NAMES_SAID = 6
"""Names of places that a doubt lists at most."""

_OWN_PROVINCE = re.compile(
    r"我省|全省|本省|省委|省政府|省总(?:工会)?(?![部经站])|省人社厅|省人大|省政协|省属|省内|省直|省级"
)
_OWN_CITY = re.compile(r"我市|全市|本市|市委|市政府|市总(?:工会)?(?![部经站])|市人社局|市人大|市政协")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionTags:
    """The regions of an article by path, the one that it is about first, and the zones and sites named with them."""

    regions: Mapping[str, tuple[Evidence, ...]]
    zones: tuple[str, ...]
    places: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def weigh_regions(found: Found, passages: Sequence[Passage], home: Region | None) -> RegionTags:
    """Return what the places found in an article's passages make of it. `home` is its newspaper's region."""
    own = own_weights(found.mentions)
    of_home = _home_mentions(passages, home)
    if home is not None and of_home:
        own[home.path] = own.get(home.path, 0.0) + min(3.0, 0.5 * sum(WEIGHTS[p.place] for p, _ in of_home))
    doubts = [
        Doubt(
            code="region-unclear",
            line=unclear.line,
            params={"name": unclear.words, "candidates": "、".join(unclear.candidates)},
        )
        for unclear in found.unclear
    ]
    if not own:
        doubts.append(Doubt(code="region-none"))
        return RegionTags(regions={}, zones=_zones(found), places=_places(found), doubts=tuple(doubts))
    ground = Ground(found.mentions, passages, own, home=home if of_home else None, near=home)
    chosen = _main(own, found.mentions, home, ground.is_about)
    if chosen is None:
        names = "、".join(list(dict.fromkeys(m.words for m in found.mentions if not m.leads_on))[:NAMES_SAID])
        scattered = len({mention.region.path.split("/")[0] for mention in found.mentions}) > 1
        doubts.append(Doubt(code="region-scattered" if scattered else "region-passing", params={"names": names}))
        return RegionTags(regions={}, zones=_zones(found), places=(), doubts=tuple(doubts))
    main, rule = chosen
    order = sorted(
        {mention.region.path for mention in found.mentions} - {main},
        key=lambda path: (-own.get(path, 0.0), _first_at(path, found.mentions), path),
    )
    kept = [main, *(path for path in order if not _holds_another(path, [main, *order]))]
    evidence = {path: _evidence(path, found.mentions, of_home) for path in kept}
    why = _why_first(main, rule, found.mentions)
    evidence[main] = (*((why,) if why else ()), *evidence[main])[: REASONS_KEPT + 1]
    return RegionTags(regions=evidence, zones=_zones(found), places=_places(found), doubts=tuple(doubts))


def _home_mentions(passages: Sequence[Passage], home: Region | None) -> list[tuple[Passage, re.Match[str]]]:
    """Return the words that mean the newspaper's own province or city, each with its passage: 省总工会, 我市."""
    if home is None:
        return []
    pattern = _OWN_PROVINCE if home.level == 1 and not home.name.endswith("市") else _OWN_CITY
    return [
        (passage, match)
        for passage in passages
        for match in pattern.finditer(passage.text)
        if not _follows_name(passage.text, match.start())
    ]


def _follows_name(text: str, start: int) -> bool:
    # 山东省总工会 and 外省 speak of another province: the words must open a phrase.
    before = text[start - 1 : start]
    return text[start] in "省市" and "\u4e00" <= before <= "\u9fff" and before not in _OPENS_PHRASE


_OPENS_PHRASE = frozenset("与由在和向经为对从到受据至及是给将被")


def _main(
    own: Mapping[str, float], mentions: Sequence[Mention], home: Region | None, about: Callable[[str], bool]
) -> tuple[str, str] | None:
    total = totals(own)

    def rank(path: str) -> tuple[float, int]:
        at_home = home is not None and (home.path == path or home.path.startswith(path + "/"))
        return (-total[path] * (HOME_BONUS if at_home else 1.0), _first_at(path, mentions))

    at = next((path for path in sorted((p for p in total if "/" not in p), key=rank) if about(path)), None)
    while at is not None:
        parts = sorted((p for p in total if p.startswith(at + "/") and p.count("/") == at.count("/") + 1), key=rank)
        if not parts:
            break
        heaviest, all_parts = total[parts[0]], sum(total[part] for part in parts)
        itself = 0.0 if _opens_below(at, parts, mentions) else own.get(at, 0.0)
        if heaviest < itself or (heaviest == itself and _named_at(at, mentions) < _first_at(parts[0], mentions)):
            break
        if len(parts) >= SIBLINGS_THAT_LIFT and heaviest < OUTWEIGHS_SIBLINGS * all_parts:
            return at, "region-lifted"
        at = parts[0]
    return (at, "") if at is not None else None


def _opens_below(path: str, parts: Sequence[str], mentions: Sequence[Mention]) -> bool:
    """Whether an article opens with the address of the one place in a region that it names: 在宁夏中宁县, 有一个乡…

    The region's own name, in a headline or later, then only says where that lies. One that labels the headline, 甘肃: …,
    is what the article is about all the same.
    """
    inside = [m for m in mentions if m.region.path == path or m.region.path.startswith(path + "/")]
    opening = [m for m in inside if opens(m)]
    if len(parts) != 1 or len(opening) < 2 or any(m.region.path == path and not m.leads_on for m in opening):
        return False
    if opening[0].region.path != path:
        return False
    heads = (m for m in inside if m.region.path == path and m.passage.place in HEADLINES)
    return not any(m.passage.text[m.end : m.end + 1] in {":", "|"} for m in heads)


def _first_at(path: str, mentions: Sequence[Mention]) -> int:
    inside = (
        number for number, m in enumerate(mentions) if m.region.path == path or m.region.path.startswith(path + "/")
    )
    return next(inside, len(mentions))


def _named_at(path: str, mentions: Sequence[Mention]) -> int:
    return next((number for number, m in enumerate(mentions) if m.region.path == path), len(mentions))


def _holds_another(path: str, paths: Sequence[str]) -> bool:
    return any(other.startswith(path + "/") for other in paths)


def _why_first(main: str, rule: str, mentions: Sequence[Mention]) -> Evidence | None:
    inside = [m for m in mentions if m.region.path.startswith(main + "/")]
    if rule == "region-lifted" and inside:
        words = "、".join(list(dict.fromkeys(m.words for m in inside))[:5])
        return Evidence(rule=rule, words=words, line=inside[0].line)
    here = [m for m in mentions if m.region.path == main and not m.leads_on]
    if not here:
        return None
    heaviest = max(here, key=lambda m: WEIGHTS[m.passage.place])
    return Evidence(rule=f"region-first-{heaviest.passage.place}", words=heaviest.words, line=heaviest.line)


def _evidence(
    path: str, mentions: Sequence[Mention], of_home: Sequence[tuple[Passage, re.Match[str]]]
) -> tuple[Evidence, ...]:
    found: dict[tuple[str, str], Evidence] = {}
    for mention in mentions:
        if mention.region.path == path:
            words = mention.zone or mention.words
            found.setdefault((mention.rule, words), Evidence(rule=mention.rule, words=words, line=mention.line))
    if not found:
        for passage, match in of_home[:1]:
            line = passage.line_at(match.start())
            return (Evidence(rule="region-home-words", words=match[0], line=line),)
    return tuple(found.values())[:REASONS_KEPT]


def _zones(found: Found) -> tuple[str, ...]:
    zones = dict.fromkeys([*(m.zone for m in found.mentions if m.zone is not None), *found.wide_zones])
    return tuple(zone for zone in zones if not any(other != zone and other.endswith(zone) for other in zones))


def _places(found: Found) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.site for m in found.mentions if m.site is not None))
