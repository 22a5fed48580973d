"""Where the files that travel with the program are: templates, static files, bundled scripts, default vocabularies.

Installed from a wheel they lie inside the package. In a checkout the templates and static files lie at the top of the
repository, where people look for them, and the bundles, which `npm run bundle` makes, in `node_modules/`.
"""

from pathlib import Path

from gongwen_site.errors import ConfigError, Location, error

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parents[1]


def templates_folder() -> Path:
    """Return the folder of the Jinja templates."""
    return _first(PACKAGE / "templates", CHECKOUT / "templates")


def static_folder() -> Path:
    """Return the folder of styles, scripts and pictures; `js/search/` in it holds what the bundles are made of."""
    return _first(PACKAGE / "static", CHECKOUT / "static")


def bundles_folder() -> Path:
    """Return the folder of the bundled scripts, Lunr among them: what the modules in `js/search/` become."""
    return _first(PACKAGE / "bundles", CHECKOUT / "node_modules" / ".bundle")


def default_vocabulary_folder() -> Path:
    """Return the folder of the vocabularies that hold where an archive brings none."""
    return PACKAGE / "vocabulary" / "defaults"


def _first(*candidates: Path) -> Path:
    for path in candidates:
        if path.exists():
            return path
    raise ConfigError(error("resource-missing", Location(file=str(candidates[-1]))))
