"""Why a record says what it says: rules in words, the words they saw, their lines; and what is doubtful."""

import re
from collections.abc import Collection, Iterable

from markupsafe import Markup, escape

from gongwen_site.builder import paths
from gongwen_site.builder.publication import Publication
from gongwen_site.builder.views import DoubtView, EvidenceView, LineLink, ReasonView
from gongwen_site.errors import Diagnostic, Location, note
from gongwen_site.records.article import Article, DateCertainty, Evidence
from gongwen_site.records.ledger import LedgerDoubt

_MARKED = frozenset({"title", "date", "source"})
"""What a mark beside the headline leads to; an article has one of each."""


def evidence_views(
    publication: Publication, article: Article, root: str, theirs: Collection[str]
) -> tuple[EvidenceView, ...]:
    """Return a supplied headline, date, source, regions and topics of an article, each with how it was decided.

    `theirs` are the keys that the keeper wrote.
    """
    say = publication.say
    inferred = article.date_certainty is DateCertainty.INFERRED
    is_theirs = article.date_certainty is DateCertainty.KEEPER
    subjects: list[tuple[str, str, str, tuple[Evidence, ...]]] = []
    if article.title_supplied:
        subjects.append(("title", say("evidence.title"), "by_supply", ()))
    if article.date:
        subject = say("evidence.date", value=publication.display.date(article.date))
        decision = "by_inference" if inferred else "by_keeper" if is_theirs else "by_print"
        subjects.append(("date", subject, decision, article.evidence.date))
    if article.source:
        subject = say("evidence.source", value=article.source)
        subjects.append(("source", subject, "by_rule", article.evidence.source))
    for path in article.regions:
        subject = say("evidence.region", value=path.replace("/", " "))
        subjects.append(("regions", subject, "by_rule", article.evidence.regions.get(path, ())))
    for topic in article.topics:
        subject = say("evidence.topic", value=topic)
        subjects.append(("topics", subject, "by_rule", article.evidence.topics.get(topic, ())))
    return tuple(
        EvidenceView(
            id=f"why-{key}" if key in _MARKED else None,
            subject=subject,
            decision=say("evidence.by_keeper") if key in theirs else say(f"evidence.{decision}"),
            reasons=() if key in theirs else tuple(_reason(publication, article, reason, root) for reason in reasons),
        )
        for key, subject, decision, reasons in subjects
    )


def _reason(publication: Publication, article: Article, reason: Evidence, root: str) -> ReasonView:
    dump = article.provenance.seed if article.provenance else None
    return ReasonView(
        rule=publication.wording.rules.get(reason.rule, reason.rule),
        words=publication.display.text(reason.words),
        line=line_link(publication, dump, reason.line, root),
    )


def line_link(publication: Publication, dump: str | None, line: int | None, root: str) -> LineLink | None:
    """Return a line of a dump by its number, linked if the dump has a page."""
    if line is None:
        return None
    has_page = dump is not None and publication.dumps.lines(dump) is not None
    href = root + paths.source_line(dump, line) if dump is not None and has_page else None
    return LineLink(text=publication.say("evidence.line", line=line), href=href)


def doubt_views(publication: Publication, dump: str, doubts: Iterable[LedgerDoubt], root: str) -> tuple[DoubtView, ...]:
    """Return the open doubts about an article of a dump."""
    say = publication.wording.doubt
    return tuple(
        DoubtView(html=_with_line_links(publication, say(doubt.code, doubt.line, doubt.params), doubt.line, dump, root))
        for doubt in doubts
    )


def _with_line_links(publication: Publication, text: str, line: int | None, dump: str, root: str) -> Markup:
    """Return a sentence with a link at every line it names; with its own line before it if it names none."""
    name = re.escape(publication.say("evidence.line", line="@")).replace("@", r"(\d{1,7})")
    shown = publication.display.text(text)
    if line is not None and not re.search(name, shown):
        shown = publication.say("evidence.line", line=line) + publication.say("evidence.colon") + shown
    html, end = Markup(), 0
    for match in re.finditer(name, shown):
        link = line_link(publication, dump, int(match[1]), root)
        html += escape(shown[end : match.start()])
        if link is not None and link.href is not None:
            html += Markup('<a href="{}">{}</a>').format(link.href, match[0])
        else:
            html += escape(match[0])
        end = match.end()
    return html + escape(shown[end:])


def unworded(publication: Publication) -> tuple[Diagnostic, ...]:
    """Return a note for every rule and doubt of the archive that has no words."""
    known_rules, known_doubts = publication.wording.rules, publication.wording.doubts
    rules = {rule for card in publication.archive.cards for rule in card.rules} - known_rules.keys()
    heads = publication.archive.heads.values()
    doubts = {doubt.code for head in heads for doubt in head.doubts} - known_doubts.keys()
    place = Location(file=f"wording/{publication.wording.language}")
    return tuple(note("code-without-words", place, word=word) for word in sorted(rules | doubts))
