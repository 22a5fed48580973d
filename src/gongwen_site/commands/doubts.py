"""`gongwen doubts`: what a person should look at, over the whole archive. `reviewed` in a record clears its doubts."""

from dataclasses import dataclass

from gongwen_site.commands.paths import Folders
from gongwen_site.errors import GongwenError, Location, error
from gongwen_site.records.archive import read_archive
from gongwen_site.records.ledger import LedgerDoubt


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDoubts:
    """The doubts of one article."""

    article: str
    title: str
    file: str
    dump: str
    doubts: tuple[LedgerDoubt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtsReport:
    """Open doubts by article, articles without a topic (id, title), topics that no article has."""

    open: tuple[OpenDoubts, ...]
    without_topic: tuple[tuple[str, str], ...]
    unused_topics: tuple[str, ...]


def doubts(folders: Folders) -> DoubtsReport:
    """Collect the open doubts of an archive. Raises GongwenError if it cannot be read."""
    if not folders.articles.is_dir():
        raise GongwenError(error("articles-missing", Location(file=str(folders.articles))))
    archive = read_archive(folders.articles)
    by_article: dict[str, list[LedgerDoubt]] = {}
    dump_of: dict[str, str] = {}
    for ledger in archive.ledgers.values():
        for doubt in ledger.doubts:
            by_article.setdefault(doubt.article, []).append(doubt)
            dump_of[doubt.article] = ledger.dump
    unreviewed = [article for article in archive.articles if article.reviewed is None]
    used = {topic for article in archive.articles for topic in article.topics}
    return DoubtsReport(
        open=tuple(
            OpenDoubts(
                article=article.id,
                title=article.title,
                file=archive.files[article.id],
                dump=dump_of[article.id],
                doubts=tuple(by_article[article.id]),
            )
            for article in unreviewed
            if article.id in by_article
        ),
        without_topic=tuple((article.id, article.title) for article in unreviewed if not article.topics),
        unused_topics=tuple(topic for topic in folders.vocabulary().topics if topic not in used),
    )
