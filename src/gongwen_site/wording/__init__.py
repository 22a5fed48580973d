"""All words that the program says to people, one folder a language, one file a use.

`site.yaml` holds the words of the pages, `search.yaml` those that scripts say, `cli.yaml` those of the terminal, `serve.yaml`
those that `gongwen serve` shows beside the pages;
`diagnostics.yaml` a message and a hint for every diagnostic code; `loading.yaml` and `tagging.yaml` say, for every rule of
those two stations, why it decides (`rules`) and, for every doubt, what to look at (`doubts`). An archive may say some of the
words of its pages in its own way (`overrides`).
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gongwen_site.errors import Diagnostic
from gongwen_site.wording.forms import fill
from gongwen_site.wording.overrides import FILES, FOLDER, over, own_words
from gongwen_site.wording.spoken import spoken_language

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster, where it was compiled

DEFAULT_LANGUAGE = "zh-CN"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language: nested mappings whose leaves are format strings."""

    language: str
    site: Mapping[str, Any]
    search: Mapping[str, Any]
    cli: Mapping[str, Any]
    serve: Mapping[str, str]
    diagnostics: Mapping[str, Mapping[str, str]]
    rules: Mapping[str, str]
    doubts: Mapping[str, str]

    def say(self, key: str, **params: object) -> str:
        """Return the terminal's words for `key`, filled with `params`."""
        return fill(str(self.cli[key]), params)

    def sentence(self, diagnostic: Diagnostic) -> str:
        """Return what a diagnostic says, without its place and hint."""
        said = self.diagnostics[diagnostic.code]["message"]
        return fill(said, self._translated(diagnostic))

    def message(self, diagnostic: Diagnostic) -> str:
        """Return `file:line: message`, with the hint on a line of its own where there is one."""
        place = f"{diagnostic.location}: " if diagnostic.location else ""
        text = f"{place}{self.sentence(diagnostic)}"
        if hint := self.hint(diagnostic):
            text += f"\n  {self.cli['hint']}{hint}"
        return text

    def hint(self, diagnostic: Diagnostic) -> str | None:
        """Return what may be done about a diagnostic, None where nothing is known."""
        hint = self.diagnostics[diagnostic.code].get("hint")
        return fill(hint, self._translated(diagnostic)) if hint else None

    def doubt(self, code: str, line: int | None, params: Mapping[str, object]) -> str:
        """Return a doubt in words; its code and parameters where the words are unknown or lack something."""
        words = self.doubts.get(code)
        try:
            if words is not None:
                return fill(words, {"line": line, **params})
        except (KeyError, IndexError, ValueError):
            pass
        return " ".join((code, *map(str, params.values())))

    def _translated(self, diagnostic: Diagnostic) -> dict[str, str | int]:
        """Return the parameters of a diagnostic, with the reasons of the system and of YAML in this language."""
        tables = {"wanted": self.cli["wanted"], "reason": self.cli["reasons"]}
        return {
            name: tables[name].get(value, value) if name in tables else value
            for name, value in diagnostic.params.items()
        }


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that there are words of."""
    return tuple(sorted(path.name for path in Path(__file__).parent.iterdir() if (path / "site.yaml").is_file()))


def wording(language: str | None = None, root: Path | None = None) -> Wording:
    """Return the words of `language`; those of the pages with the own words of the archive in `root` over them.

    None is the language that the terminal speaks. Raises ConfigError if those cannot be used.
    """
    language = language or _spoken()
    if root is None or not (root / FOLDER).is_dir():
        return _wording(language)
    own = own_words(root, {name: _words(name) for name in languages()}).get(language, {})
    return _assembled(language, over(_words(language), own))


def word_files(language: str) -> tuple[Path, ...]:
    """Return the files of words that an archive may say in its own way."""
    return tuple(Path(__file__).parent / language / f"{name}.yaml" for name in FILES)


def new_files(language: str) -> dict[str, str]:
    """Return the files that a new archive begins with, by name; in ‹…› what is filled in."""
    folder = Path(__file__).parent / language / "new"
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@cache
def _spoken() -> str:
    return spoken_language(sys.argv[1:], os.environ, Path.cwd(), languages()) or DEFAULT_LANGUAGE


@cache
def _wording(language: str) -> Wording:
    return _assembled(language, _words(language))


@cache
def _words(language: str) -> Mapping[str, Mapping[str, Any]]:
    folder = Path(__file__).parent / language
    return {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), _LOADER)  # noqa: S506 - a safe loader either way
        for path in sorted(folder.glob("*.yaml"))
    }


def _assembled(language: str, words: Mapping[str, Mapping[str, Any]]) -> Wording:
    loading, tagging = words["loading"], words["tagging"]
    return Wording(
        language=language,
        site=words["site"],
        search=words["search"],
        cli=words["cli"],
        serve=words["serve"],
        diagnostics=words["diagnostics"],
        rules={**loading["rules"], **tagging["rules"]},
        doubts={**loading["doubts"], **tagging["doubts"]},
    )
