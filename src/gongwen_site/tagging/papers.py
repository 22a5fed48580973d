"""The newspaper of an article, as the dump prints it: named by the vocabulary where it knows the name, never guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongwen_site.chinese.typography import fold
from gongwen_site.records.article import Evidence
from gongwen_site.records.reading import Draft, Printed, Reading
from gongwen_site.vocabulary.vocabulary import Paper, Vocabulary

_LABEL = re.compile(r"^(?:来源|稿源|信息来源|文章来源|转自|来自)[:\s]*")
_BUTTONS = re.compile(r"(?<=[\u4e00-\u9fff])\s*(?:举报|订阅|\+?关注|收藏|分享)+$")
_PARTS = re.compile(r"[·•|/—－\s-]+")
_OWN = re.compile(r"^本[报刊网社台]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A newspaper's name and why it is an article's. `paper` is its entry in the vocabulary, if it has one."""

    name: str
    paper: Paper | None
    evidence: tuple[Evidence, ...]


class Papers:
    """Names newspapers by a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._by_name: dict[str, Paper] = {}
        for paper in vocabulary.papers.values():
            for name in (paper.name, *paper.aliases):
                self._by_name.setdefault(fold(name), paper)

    def find(self, printed: str) -> Paper | None:
        """Return the newspaper that a printed name means: 新甘肃·甘肃日报, 《甘肃日报》."""
        name = fold(printed).strip().strip("《》").strip()
        for trial in (name, name.removesuffix("社"), name.removesuffix("客户端")):
            if trial in self._by_name:
                return self._by_name[trial]
        parts = [part for part in _PARTS.split(name) if part]
        if len(parts) < 2:
            return None
        # 新甘肃·甘肃日报: an app and its newspaper; the part that is a newspaper's own name holds.
        known = [self._by_name[part] for part in parts if part in self._by_name]
        return next((paper for paper in known if paper.name in parts), known[0] if known else None)

    def of_article(self, draft: Draft, reading: Reading, page: "Source | None") -> Source | None:
        """Return the newspaper of one article: its own printed source, the page's, or that of its page's reporters."""
        for rule, printed in (("source-printed", draft.source), ("source-of-page", reading.source)):
            if printed is not None and (source := self._printed(printed, rule)) is not None:
                return source
        return page

    def of_reporters(self, drafts: Iterable[Draft]) -> Source | None:
        """Return the one newspaper that bylines on a page name as their reporters', if they name one.

        Agencies do not count, as their reports are printed by others; nor does 本报, which names nobody.
        """
        found: dict[str, Source] = {}
        for draft in drafts:
            for number, person in enumerate(draft.byline):
                if person.outlet is None or _OWN.match(person.outlet):
                    continue
                paper = self.find(person.outlet)
                if paper is None or paper.agency:
                    continue
                line = draft.byline_lines[min(number, len(draft.byline_lines) - 1)] if draft.byline_lines else None
                evidence = Evidence(rule="source-of-reporters", words=person.outlet, line=line)
                found.setdefault(paper.name, Source(name=paper.name, paper=paper, evidence=(evidence,)))
        return next(iter(found.values())) if len(found) == 1 else None

    def _printed(self, printed: Printed, rule: str) -> Source | None:
        text = _BUTTONS.sub("", _LABEL.sub("", fold(printed.text).strip())).strip()
        if not text or _OWN.match(text):
            return None
        evidence = (Evidence(rule=rule, words=printed.text, line=printed.line or None),)
        paper = self.find(text)
        if paper is not None:
            return Source(name=paper.name, paper=paper, evidence=evidence)
        as_printed = _BUTTONS.sub("", _LABEL.sub("", printed.text.strip())).strip(": ：")
        return Source(name=as_printed, paper=None, evidence=evidence) if as_printed else None
