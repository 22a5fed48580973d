"""`edition_of`: an archive to all files of its site but the search index; `render_site` writes them into an empty folder."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from gongwen_site.builder.articles import shelf_of
from gongwen_site.builder.data import Whole, data_files_of, version_of
from gongwen_site.builder.display import Display, Phrases
from gongwen_site.builder.dump_text import DumpTexts
from gongwen_site.builder.evidence import unworded
from gongwen_site.builder.facets import catalogue_of
from gongwen_site.builder.holdings import Holdings, holdings_of
from gongwen_site.builder.products import Edition, Product
from gongwen_site.builder.publication import Publication
from gongwen_site.builder.related import Earlier
from gongwen_site.builder.render import Renderer
from gongwen_site.builder.report import BuildReport
from gongwen_site.builder.retired import unregistered
from gongwen_site.builder.withheld import withheld_from
from gongwen_site.config import Config
from gongwen_site.errors import Diagnostic, GongwenError, Location, error, note
from gongwen_site.records.archive import Archive
from gongwen_site.resources import templates_folders
from gongwen_site.vocabulary.vocabulary import Vocabulary
from gongwen_site.wording import Wording, wording


def edition_of(
    holdings: Holdings,
    vocabulary: Vocabulary,
    config: Config,
    words: Wording,
    *,
    seeds: Path,
    root: Path | None = None,
    earlier: Earlier | None = None,
) -> Edition:
    """Return the site of an archive, ready to be made file by file; `seeds` holds the dumps that its ledgers describe.

    Templates, static files and words of the pages that the archive's folder `root` brings stand for the program's.
    What an `earlier` build found is taken for found where it still holds.

    Raises GongwenError if two values of a facet have one address.
    """
    dumps = DumpTexts(seeds, holdings.heads)
    withheld = withheld_from(holdings, dumps)
    holdings = withheld.without(holdings)
    publication = Publication(
        archive=holdings,
        catalogue=catalogue_of(holdings.cards, vocabulary),
        vocabulary=vocabulary,
        config=config,
        wording=words,
        display=Display(Phrases(words.site), config.full_width),
        dumps=dumps,
        withheld=withheld,
        version=version_of(holdings),
        earlier=earlier,
    )
    _refuse_shared_addresses(publication)
    renderer = Renderer(publication.site_view(), words, templates_folders(root))
    return Edition(publication, shelf_of(publication), renderer, root)


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
    """Write the site of an archive that is in memory into `output`, an empty folder; the rest as `edition_of` has it.

    `watch` is told after each file how many are written. Raises GongwenError if a template is broken as well; OSError if a
    file cannot be written.
    """
    edition = edition_of(
        holdings_of(archive), vocabulary, config, wording(config.language, root), seeds=seeds, root=root
    )
    sizes: dict[str, int] = {}
    pages = 0

    def write(product: Product) -> None:
        nonlocal pages
        file = output / product.name.file
        content = product.make()
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab" if product.name.piece else "wb") as opened:
            opened.write(content)
        sizes[product.name.file] = sizes.get(product.name.file, 0) + len(content)
        pages += product.is_page
        watch(len(sizes))

    for product in edition.products():
        write(product)
    data = {file: Whole(sizes[file], _sha256(output / file)) for file in data_files_of(edition.publication.archive)}
    for product in edition.descriptions(data):
        write(product)
    return BuildReport(
        articles=len(archive.articles),
        pages=pages,
        files=len(sizes),
        bytes=sum(sizes.values()),
        diagnostics=diagnostics_of(edition),
    )


def diagnostics_of(edition: Edition) -> tuple[Diagnostic, ...]:
    """Return what a person should know of an edition."""
    return (*edition.renderer.idle(), *_diagnostics(edition.publication))


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


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


def _diagnostics(publication: Publication) -> Iterator[Diagnostic]:
    for facet in publication.facets:
        for name in sorted(facet.groups.keys() - facet.listed):
            file = facet.groups[name][0].file
            yield note(f"{facet.kind}-unlisted", Location(file=file) if file else None, name=name)
    for dump in sorted(publication.archive.heads):
        if problem := publication.dumps.problem(dump):
            yield problem
    yield from unworded(publication)
    yield from publication.withheld.still_elsewhere(publication.archive)
    yield from unregistered(publication)
