"""`gongwen doubts`: what a person should look at, over the whole archive. `reviewed` in a record clears its doubts."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongwen_site.commands.custody import articles_read
from gongwen_site.commands.paths import Folders
from gongwen_site.errors import Diagnostic, GongwenError, Location, error
from gongwen_site.records.archive import read_archive
from gongwen_site.records.given import subject_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDoubt:
    """One doubt. `settled_by` is the key of the record that settles it, `text` where it is about body or lines."""

    code: str
    line: int | None
    params: Mapping[str, str]
    settled_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDoubts:
    """The doubts of one article, in the order of the dump's lines. `file` is its record, as a person finds it."""

    article: str
    title: str
    file: str
    dump: str
    doubts: tuple[OpenDoubt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtsReport:
    """Open doubts by article, articles without a topic (id, title), topics that no article has.

    A broader topic is in use where a narrower one is. The diagnostics tell what an earlier command had left.
    """

    open: tuple[OpenDoubts, ...]
    without_topic: tuple[tuple[str, str], ...]
    unused_topics: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def doubts(folders: Folders) -> DoubtsReport:
    """Collect the open doubts of an archive. Raises GongwenError if it cannot be read."""
    if not folders.articles.is_dir():
        raise GongwenError(error("articles-missing", Location(file=str(folders.articles))))
    with articles_read(folders.articles, "doubts") as undone:
        archive = read_archive(folders.articles)
    open_doubts = archive.open_doubts()
    dump_of = {doubt.article: ledger.dump for ledger in archive.ledgers.values() for doubt in ledger.doubts}
    unreviewed = [article for article in archive.articles if article.reviewed is None]
    vocabulary = folders.vocabulary()
    used = {topic for article in archive.articles for topic in vocabulary.with_broader(article.topics)}
    return DoubtsReport(
        open=tuple(
            OpenDoubts(
                article=article.id,
                title=article.title,
                file=str(folders.articles / archive.files[article.id]),
                dump=dump_of[article.id],
                doubts=tuple(
                    OpenDoubt(
                        code=doubt.code,
                        line=doubt.line,
                        params=doubt.params,
                        settled_by=subject_of(doubt.code) or "text",
                    )
                    for doubt in sorted(open_doubts[article.id], key=lambda doubt: doubt.line or 0)
                ),
            )
            for article in sorted(unreviewed, key=lambda article: dump_of.get(article.id, ""))
            if article.id in open_doubts
        ),
        without_topic=tuple((article.id, article.title) for article in unreviewed if not article.topics),
        unused_topics=tuple(topic for topic in vocabulary.topics if topic not in used),
        diagnostics=undone,
    )
