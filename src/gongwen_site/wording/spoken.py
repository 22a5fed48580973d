"""Which language the terminal speaks: that of the archive, unless the environment or the command line says another."""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

VARIABLE = "GONGWEN_LANGUAGE"
_SETTINGS = "gongwen.yaml"
_LANGUAGE = re.compile(r"""^language:\s*["']?([A-Za-z-]+)""", re.MULTILINE)


def spoken_language(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, known: Collection[str]
) -> str | None:
    """Return the language to speak, one of `known`, or None where nothing says which.

    A help text must be in some language before a command line is understood, and a mistake in gongwen.yaml be told in one
    before that file is: so both are only glanced at here, in search of a language.
    """
    said = (
        _option("--language", arguments),
        environment.get(VARIABLE),
        _of_archive(_option("--root", arguments), _option("--articles", arguments), folder),
    )
    return next((language for language in said if language in known), None)


def _option(name: str, arguments: Sequence[str]) -> str | None:
    for place, argument in enumerate(arguments):
        if argument == name and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith(f"{name}="):
            return argument.partition("=")[2]
    return None


def _of_archive(root: str | None, articles: str | None, folder: Path) -> str | None:
    try:
        start = (folder / (root or articles or "")).resolve()
        folders = (start,) if root else (start, *start.parents)
        path = next((one / _SETTINGS for one in folders if (one / _SETTINGS).is_file()), None)
        found = _LANGUAGE.search(path.read_text(encoding="utf-8-sig")) if path else None
    except (OSError, ValueError):  # no such folder, not UTF-8: what reads the file in earnest will say so
        return None
    return found[1] if found else None
