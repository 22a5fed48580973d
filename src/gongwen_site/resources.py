"""Where the files that travel with the program are: templates, static files, lunr.js, wordings, default vocabularies.

Installed from a wheel they lie inside the package. In a checkout the templates and static files lie at the top of the
repository, where people look for them, and lunr.js in `node_modules/`.
"""

from pathlib import Path

from gongwen_site.errors import ConfigError, Location, error

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parents[1]


def templates_folder() -> Path:
    """Return the folder of the Jinja templates."""
    return _first(PACKAGE / "templates", CHECKOUT / "templates")


def static_folder() -> Path:
    """Return the folder of styles, scripts and pictures."""
    return _first(PACKAGE / "static", CHECKOUT / "static")


def lunr_script() -> Path:
    """Return lunr.min.js 2.3.9, as npm installed it or as the wheel carries it."""
    return _first(PACKAGE / "static" / "js" / "lunr.min.js", CHECKOUT / "node_modules" / "lunr" / "lunr.min.js")


def default_vocabulary_folder() -> Path:
    """Return the folder of the vocabularies that hold where an archive brings none."""
    return PACKAGE / "vocabulary" / "defaults"


def _first(*candidates: Path) -> Path:
    for path in candidates:
        if path.exists():
            return path
    raise ConfigError(error("resource-missing", Location(file=str(candidates[-1]))))
