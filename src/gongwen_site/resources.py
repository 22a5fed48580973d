"""Where the files that travel with the program are: templates, static files, bundled scripts, default vocabularies.

Installed from a wheel they lie inside the package. In a checkout the templates and static files lie at the top of the
repository, where people look for them, and the bundles, which `npm run bundle` makes, in `node_modules/`.

An archive may bring its own: a file of the same name in its `templates/` or `static/` stands for the program's, any other
is added.
"""

from pathlib import Path

from gongwen_site.errors import ConfigError, Location, error

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parents[1]


def templates_folder() -> Path:
    """Return the folder of the Jinja templates."""
    return _first(PACKAGE / "templates", CHECKOUT / "templates")


def templates_folders(root: Path | None) -> tuple[Path, ...]:
    """Return where templates are looked for, first the archive's own folder, if `root` has one."""
    return (*own_folder(root, "templates"), templates_folder())


def static_files(root: Path | None) -> dict[str, Path]:
    """Return the static files by their names within `static/`: the program's, the bundles in `js/`, the archive's own over them."""
    found: dict[str, Path] = {}
    sources = [("", static_folder()), ("js/", bundles_folder()), *(("", own) for own in own_folder(root, "static"))]
    for prefix, folder in sources:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                found[prefix + path.relative_to(folder).as_posix()] = path
    return found


def own_folder(root: Path | None, name: str) -> tuple[Path, ...]:
    """Return the archive's own folder of this name, none if there is none or it is the program's (in a checkout)."""
    if root is None:
        return ()
    folder = root / name
    is_own = folder.is_dir() and folder.resolve() not in {PACKAGE / name, CHECKOUT / name}
    return (folder,) if is_own else ()


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
