"""All words that the program says to people, one folder a language, one file a use.

`site.yaml` holds the words of the pages, `search.yaml` those that scripts say, `cli.yaml` those of the terminal,
`diagnostics.yaml` a message and a hint for every diagnostic code; `loading.yaml` and `tagging.yaml` say, for every rule of
those two stations, why it decides (`rules`) and, for every doubt, what to look at (`doubts`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gongwen_site.errors import Diagnostic

DEFAULT_LANGUAGE = "zh-CN"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language: nested mappings whose leaves are format strings."""

    language: str
    site: Mapping[str, Any]
    search: Mapping[str, Any]
    cli: Mapping[str, Any]
    diagnostics: Mapping[str, Mapping[str, str]]
    rules: Mapping[str, str]
    doubts: Mapping[str, str]

    def say(self, key: str, **params: object) -> str:
        """Return the terminal's words for `key`, filled with `params`."""
        return str(self.cli[key]).format(**params)

    def sentence(self, diagnostic: Diagnostic) -> str:
        """Return what a diagnostic says, without its place and hint."""
        return self.diagnostics[diagnostic.code]["message"].format(**self._translated(diagnostic))

    def message(self, diagnostic: Diagnostic) -> str:
        """Return `file:line: message`, with the hint on a line of its own where there is one."""
        place = f"{diagnostic.location}: " if diagnostic.location else ""
        text = f"{place}{self.sentence(diagnostic)}"
        if hint := self.diagnostics[diagnostic.code].get("hint"):
            text += f"\n  {self.cli['hint']}{hint.format(**self._translated(diagnostic))}"
        return text

    def doubt(self, code: str, line: int | None, params: Mapping[str, object]) -> str:
        """Return a doubt in words; its code and parameters where the words are unknown or lack something."""
        words = self.doubts.get(code)
        try:
            if words is not None:
                return words.format(**{"line": line, **params})
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


@cache
def wording(language: str = DEFAULT_LANGUAGE) -> Wording:
    """Return the words of `language`, a folder beside this file."""
    folder = Path(__file__).parent / language

    def read(name: str) -> Mapping[str, Any]:
        loaded: Mapping[str, Any] = yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
        return loaded

    loading, tagging = read("loading"), read("tagging")
    return Wording(
        language=language,
        site=read("site"),
        search=read("search"),
        cli=read("cli"),
        diagnostics=read("diagnostics"),
        rules={**loading["rules"], **tagging["rules"]},
        doubts={**loading["doubts"], **tagging["doubts"]},
    )
