"""`gongwen search`: the site's own index, asked from the shell."""

from gongwen_site.commands.paths import Folders
from gongwen_site.errors import GongwenError, Location, error
from gongwen_site.search.query import SearchResults, search


def answer(folders: Folders, words: str, limit: int) -> SearchResults:
    """Return what a reader's browser would find for `words`. Raises GongwenError if the site has no index."""
    index = folders.output / "search"
    if not (index / "manifest.json").is_file():
        raise GongwenError(error("index-missing", Location(file=str(index))))
    return search(index, words, limit)
