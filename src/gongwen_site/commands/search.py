"""`gongwen search`: the site's own index, asked from the shell."""

from collections.abc import Iterable, Iterator

from gongwen_site.commands.paths import Folders
from gongwen_site.errors import GongwenError, Location, error
from gongwen_site.search.query import SearchIndex, SearchResults
from gongwen_site.search.reading import Note


def answers(folders: Folders, queries: Iterable[str], limit: int) -> Iterator[tuple[SearchResults, tuple[Note, ...]]]:
    """Yield for each query what a reader's browser would find, and what of it was not read as typed.

    Raises GongwenError if the site has no index.
    """
    folder = folders.output / "search"
    if not (folder / "manifest.json").is_file():
        raise GongwenError(error("index-missing", Location(file=str(folder))))
    index = SearchIndex(folder)
    for query in queries:
        yield index.search(query, limit), index.reading(query).notes
