"""What a build says of the site: counts, and what a person should know. Apart, so that it can be said without building."""

from dataclasses import dataclass

from gongwen_site.errors import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What the site is: articles, HTML pages, files and bytes in all; and what a person should know."""

    articles: int
    pages: int
    files: int
    bytes: int
    diagnostics: tuple[Diagnostic, ...]
