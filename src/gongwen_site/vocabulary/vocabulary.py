"""The vocabularies as frozen types, and how a name becomes an address.

`load.py` reads them; tagging matches them; pages and facets are named by them.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One administrative unit. `path` holds full official names from the province down, fillers left out: 甘肃省/白银市.

    `code` is its GB/T 2260 code; `address` the path of its page below `/region/`: gansu/dingxi/621124; `level` 1 is a
    province, 2 a prefecture, 3 a county.
    """

    code: str
    name: str
    path: str
    level: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Regions:
    """The table of regions. `zones` maps a development zone or the like to the path of the region it lies in.

    A zone that lies in several provinces (长三角) maps to None.
    """

    by_path: Mapping[str, Region]
    by_code: Mapping[str, Region]
    aliases: Mapping[str, str] = field(default_factory=dict)  # a former or other name to a path
    zones: Mapping[str, str | None] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()  # words that hold a place's name and are no place: 安康杯


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic that the keeper defined: what names it, what does not count, how often it must occur.

    Of the words in `requires`, where there are any, an article must say one anywhere: 联谊 alone is no service to workers.
    """

    name: str
    slug: str
    words: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    minimum: int = 2
    title_weight: int = 3
    broader: str | None = None
    note: str | None = None
    iptc: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A newspaper or site. `home` is the path of its home region; `place` where it is published.

    An `agency` (新华社) is printed by others, so that its byline does not name the page's newspaper.
    """

    name: str
    slug: str
    aliases: tuple[str, ...] = ()
    home: str | None = None
    place: str | None = None
    agency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something whose date is known: words that name it, YYYY-MM or YYYY-MM-DD. YYYY: words said in that year only."""

    words: tuple[str, ...]
    date: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vocabulary:
    """All vocabularies of an archive. Equal only to itself, so that what is compiled from it can be kept by it."""

    regions: Regions
    topics: Mapping[str, Topic]
    papers: Mapping[str, Paper]
    events: tuple[Event, ...] = ()

    def broader_topics(self, name: str) -> tuple[str, ...]:
        """Return the topics that a topic is a part of, the nearest first; none of an unlisted one."""
        found: list[str] = []
        while name in self.topics and (broader := self.topics[name].broader) is not None:
            found.append(broader)
            name = broader
        return tuple(found)

    def with_broader(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return topics with all broader ones, each once: what an article of these is found under.

        A record holds only the topics that were said; pages, counts and filters go by these.
        """
        return tuple(dict.fromkeys(topic for name in names for topic in (name, *self.broader_topics(name))))

    def topic_slug(self, name: str) -> str:
        """Return the address of a topic below `/topic/`."""
        return self.topics[name].slug if name in self.topics else unlisted_slug(name)

    def paper_slug(self, name: str) -> str:
        """Return the address of a newspaper below `/paper/`."""
        return self.papers[name].slug if name in self.papers else unlisted_slug(name)

    def region_address(self, path: str) -> str:
        """Return the address of a region below `/region/`; of an unlisted one by its name."""
        return self.regions.by_path[path].address if path in self.regions.by_path else unlisted_slug(path)


def unlisted_slug(name: str) -> str:
    """Return `x-` and 8 hexadecimal digits of SHA-256 of a name that no table holds."""
    return "x-" + hashlib.sha256(name.encode()).hexdigest()[:8]
