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

    def message(self, diagnostic: Diagnostic) -> str:
        """Return `file:line: message`, with the hint on a line of its own where there is one."""
        entry = self.diagnostics[diagnostic.code]
        place = f"{diagnostic.location}: " if diagnostic.location else ""
        text = f"{place}{entry['message'].format(**diagnostic.params)}"
        if hint := entry.get("hint"):
            text += f"\n  {self.cli['hint']}{hint.format(**diagnostic.params)}"
        return text


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
