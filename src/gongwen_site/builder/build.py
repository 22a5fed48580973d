"""`render_site`: the whole site, but for the search index, into an empty folder."""

import shutil
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from gongwen_site.builder import paths
from gongwen_site.builder.articles import article_pages
from gongwen_site.builder.bodies import paragraph_addresses
from gongwen_site.builder.corrections import corrections_feed, corrections_json_feed, corrections_page
from gongwen_site.builder.data import articles_json_lines, data_files, data_page, version_of
from gongwen_site.builder.date_pages import date_pages
from gongwen_site.builder.display import Display, Phrases
from gongwen_site.builder.dump_text import DumpTexts
from gongwen_site.builder.dumps import dump_pages
from gongwen_site.builder.evidence import unworded
from gongwen_site.builder.facet_pages import paper_pages, region_pages, topic_pages
from gongwen_site.builder.facets import catalogue_of
from gongwen_site.builder.feeds import feed_files, retired_feed_files, site_files
from gongwen_site.builder.home import home_page
from gongwen_site.builder.lists import Lister
from gongwen_site.builder.publication import Page, Publication
from gongwen_site.builder.render import Renderer
from gongwen_site.builder.retired import retired_feeds, retired_pages, unregistered
from gongwen_site.builder.scripts import BUNDLE, MODULES, with_words
from gongwen_site.builder.styles import minified
from gongwen_site.builder.texts import START, about_page, basket_page, not_found_page, rights_page, search_page
from gongwen_site.builder.withheld import Withheld, withheld_from
from gongwen_site.config import Config
from gongwen_site.errors import Diagnostic, GongwenError, Location, error, note
from gongwen_site.records.archive import Archive
from gongwen_site.resources import static_files, templates_folders
from gongwen_site.vocabulary.vocabulary import Vocabulary
from gongwen_site.wording import Wording, wording

STYLE, OWN_STYLE = "css/gongwen.css", "css/own.css"
"""The style sheet, and an archive's additions to it, which are sent at its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What was written: articles, HTML pages, files and bytes in all; and what a person should know."""

    articles: int
    pages: int
    files: int
    bytes: int
    diagnostics: tuple[Diagnostic, ...]


def render_site(
    archive: Archive,
    vocabulary: Vocabulary,
    config: Config,
    *,
    seeds: Path,
    output: Path,
    root: Path | None = None,
    watch: Callable[[int], None] = lambda _done: None,
) -> BuildReport:
    """Write the site of an archive into `output`, an empty folder; `seeds` holds the dumps that its ledgers describe.

    Templates, static files and words of the pages that the archive's folder `root` brings stand for the program's.
    `watch` is told after each page how many are written.

    Raises GongwenError if a template is broken or two values of a facet have one address; OSError if a file cannot be
    written.
    """
    dumps = DumpTexts(seeds, archive.ledgers)
    withheld = withheld_from(archive, dumps)
    archive = withheld.without(archive)
    json_lines = articles_json_lines(archive)
    version = version_of(json_lines, archive)
    words = wording(config.language, root)
    publication = _publication(
        archive, vocabulary, config, words=words, dumps=dumps, withheld=withheld, version=version
    )
    _refuse_shared_addresses(publication)
    renderer = Renderer(publication.site_view(), words, templates_folders(root))
    sink = _Sink(output)
    indexed = []
    written = set()
    for page in _pages(publication, Lister(publication, renderer)):
        sink.write(page.path, renderer.page(page).encode())
        watch(sink.files)
        written.add(page.path)
        if page.frame.indexed:
            indexed.append(page.path)
    for page in retired_pages(publication, written):
        sink.write(page.path, renderer.page(page).encode())
    pages = sink.files
    data = data_files(publication, json_lines)
    sink.write(paths.DATA, renderer.page(data_page(publication, data)).encode())
    feeds = (*feed_files(publication), *retired_feed_files(publication, retired_feeds(publication, written)))
    log = (corrections_feed(publication), corrections_json_feed(publication))
    for path, content in (*data.items(), *feeds, *log, *site_files(publication, [*indexed, paths.DATA])):
        sink.write(path, content)
    _copy_static(sink, publication, root)
    return BuildReport(
        articles=len(archive.articles),
        pages=pages + 1,
        files=sink.files,
        bytes=sink.bytes,
        diagnostics=(*renderer.idle(), *_diagnostics(publication, written)),
    )


def _publication(
    archive: Archive,
    vocabulary: Vocabulary,
    config: Config,
    *,
    words: Wording,
    dumps: DumpTexts,
    withheld: Withheld,
    version: str,
) -> Publication:
    display = Display(Phrases(words.site), config.full_width)
    return Publication(
        archive=archive,
        catalogue=catalogue_of(archive, vocabulary),
        vocabulary=vocabulary,
        config=config,
        wording=words,
        display=display,
        dumps=dumps,
        withheld=withheld,
        paragraph_of=paragraph_addresses(archive, dumps, display),
        version=version,
    )


def _pages(publication: Publication, lister: Lister) -> Iterator[Page]:
    yield home_page(publication, lister)
    yield from article_pages(publication)
    yield from dump_pages(publication)
    yield from date_pages(publication, lister)
    yield from region_pages(publication, lister)
    yield from topic_pages(publication, lister)
    yield from paper_pages(publication, lister)
    yield search_page(publication)
    yield basket_page(publication)
    yield corrections_page(publication)
    yield about_page(publication)
    yield rights_page(publication)
    yield not_found_page(publication)


class _Sink:
    """Writes files below a folder and counts them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files = 0
        self.bytes = 0

    def write(self, path: str, content: bytes) -> None:
        file = self._folder / paths.file_of(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        self.files += 1
        self.bytes += len(content)

    def copy(self, file: Path, path: str) -> None:
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        self.files += 1
        self.bytes += target.stat().st_size


def _copy_static(sink: _Sink, publication: Publication, root: Path | None) -> None:
    files = static_files(root)
    own_style = files.pop(OWN_STYLE, None)
    for name, file in sorted(files.items()):
        if name.startswith((*MODULES, f"js/{START}")):
            continue
        if name == BUNDLE:
            script = with_words(file.read_text(encoding="utf-8"), publication.wording, publication.config.title)
            sink.write(paths.ASSETS + name, script.encode())
            continue
        if not name.endswith(".css"):
            sink.copy(file, paths.ASSETS + name)
            continue
        css = file.read_text(encoding="utf-8-sig")
        if name == STYLE and own_style:
            css = f"{css}\n{own_style.read_text(encoding='utf-8-sig')}"
        sink.write(paths.ASSETS + name, minified(css).encode())


def _refuse_shared_addresses(publication: Publication) -> None:
    problems = []
    for facet in publication.facets:
        taken: dict[str, str] = {}
        for name in sorted(facet.groups):
            address = facet.address(name)
            other = taken.setdefault(address, name)
            if other != name:
                problems.append(error("address-shared", name=name, other=other, address=address))
    if problems:
        raise GongwenError(problems)


def _diagnostics(publication: Publication, written: Collection[str]) -> Iterator[Diagnostic]:
    for facet in publication.facets:
        for name in sorted(facet.groups.keys() - facet.listed):
            yield note(f"{facet.kind}-unlisted", _place(publication, facet.groups[name][0].id), name=name)
    for dump in sorted(publication.archive.ledgers):
        if problem := publication.dumps.problem(dump):
            yield problem
    yield from unworded(publication)
    yield from publication.withheld.still_elsewhere(publication.archive)
    yield from unregistered(publication, written)


def _place(publication: Publication, name: str) -> Location | None:
    file = publication.archive.files.get(name)
    return Location(file=file) if file else None
