"""Writes `docs/reference/` and `docs/fields.md` anew from the code's own tables: `python tests/reference/write.py`.

`python tests/reference/write.py LANGUAGE` prints the documents of one language as JSON, by their names; each language has a
process of its own, because help texts are read once.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import yaml

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"
EXAMPLES = HERE / "examples.yaml"
LANGUAGES = ("en", "zh-CN")
_PAGE = HERE / "page.txt"
_WORDS = yaml.safe_load((HERE / "words.yaml").read_text(encoding="utf-8"))


def documents(language: str) -> dict[str, str]:
    """Return the documents of the language that this process speaks, by their paths in `docs/`."""
    said = _WORDS[language]
    made = {
        "reference/commands": _commands(said),
        "reference/settings": _settings(language, said),
        "reference/diagnostics": _diagnostics(language, said),
        "fields": _fields(language, said),
    }
    suffix = "" if language == "en" else f".{language}"
    other = f".{LANGUAGES[1]}" if language == "en" else ""
    pages = {}
    for path, lines in made.items():
        name = path.rpartition("/")[2]
        lead = f"{said[name]['lead']} {said['other']}: [{name}{other}.md]({name}{other}.md)"
        pages[f"{path}{suffix}.md"] = "\n".join((f"# {said[name]['title']}", "", lead, "", *lines)).rstrip("\n") + "\n"
    return pages


def _commands(said: dict) -> Iterator[str]:
    from gongwen_site.cli import gongwen

    shared = {one.name for one in gongwen.params}
    yield from _options((one for one in gongwen.params if one.name != "version"), said["commands"]["shared"], said)
    for name, command in gongwen.commands.items():
        arguments = [one for one in command.params if isinstance(one, click.Argument)]
        shown = " ".join(("gongwen", name, *(_argument(one) for one in arguments)))
        yield from (f"## `{shown}`", "", command.help or "", "")
        yield from _options(
            (one for one in command.params if one.name not in shared and one not in arguments), None, said
        )


def _argument(argument: click.Argument) -> str:
    shown = (argument.name or "").upper() + ("…" if argument.nargs == -1 else "")
    return shown if argument.required else f"[{shown}]"


def _options(options: Iterator[click.Parameter], heading: str | None, said: dict) -> Iterator[str]:
    rows = [
        f"| `{'`, `'.join(option.opts)}{'' if option.is_flag or option.metavar else _value(option)}` | {option.help} |"
        for option in options
        if isinstance(option, click.Option)
    ]
    if rows:
        yield from ((f"## {heading}", "") if heading else ())
        yield from (f"| {said['commands']['option']} | {said['commands']['meaning']} |", "|---|---|", *rows, "")


def _value(option: click.Option) -> str:
    if isinstance(option.type, click.Path):
        return " DIR"
    return f" {(option.name or '').split('_')[-1].upper()}"


def _settings(language: str, said: dict) -> Iterator[str]:
    from gongwen_site.commands.config import written
    from gongwen_site.config import Config, defaults
    from gongwen_site.wording import languages, wording

    heads = said["settings"]
    yield from (f"| {heads['setting']} | {heads['meaning']} | {heads['default']} |", "|---|---|---|")
    meanings, usual = wording(language).cli["settings"], defaults(language)
    for one in fields(Config):
        value = written(getattr(usual, one.name) if one.name != "language" else Config().language)
        meaning = meanings[one.name].format(languages=", ".join(languages()))
        yield f"| `{one.name}` | {meaning} | {heads['none'] if value is None else f'`{value}`'} |"


def _fields(language: str, said: dict) -> Iterator[str]:
    from gongwen_site.builder.dictionary import PUBLISHED
    from gongwen_site.wording import wording

    words, heads = wording(language).site, said["fields"]
    yield from (f"| {heads['field']} | {heads['type']} | {heads['form']} | {heads['meaning']} |", "|---|---|---|---|")
    for one in PUBLISHED:
        yield f"| `{one.name}` | {one.type} | {words['kinds'][one.kind]} | {words['fields'][one.name]} |"


def _diagnostics(language: str, said: dict) -> Iterator[str]:
    from gongwen_site.wording import wording

    examples = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    digest = hashlib.sha256(_PAGE.read_bytes()).hexdigest()
    yield from _base(said)
    for code, words in sorted(wording(language).diagnostics.items()):
        yield from (f"## {code}", "", _plain(words["message"]))
        if "hint" in words:
            yield from ("", f"{said['diagnostics']['hint']}{_plain(words['hint'])}")
        example = examples[code]
        yield ""
        if isinstance(example, str):
            yield from (f"{said['diagnostics']['rare']}{_reason(example, language)}", "")
            continue
        yield from (said["diagnostics"]["example"], "")
        for name, text in (example.get("files") or {}).items():
            yield from (
                f"`{name}`",
                "",
                *(f"    {line}".rstrip() for line in text.replace("SHA256", digest).splitlines() or ["…"]),
                "",
            )
        yield from (*(f"    {command}" for command in example["run"]), "")


def _base(said: dict) -> Iterator[str]:
    yield from (said["diagnostics"]["base"], "", "`seeds/page.txt`", "")
    yield from (f"    {line}".rstrip() for line in _PAGE.read_text(encoding="utf-8").splitlines())
    yield ""


def _plain(text: str) -> str:
    """Return a format string as people read it: each brace once, what is filled in in angle marks, words in the plural."""
    text = re.sub(r"\{\w+:(?:[^{}|]*\|)*([^{}|]*)\}", r"\1", text)
    return (
        text.replace("{{", "\0")
        .replace("}}", "\1")
        .replace("{", "‹")
        .replace("}", "›")
        .replace("\0", "{")
        .replace("\1", "}")
    )


def _reason(reason: str, language: str) -> str:
    english, _, chinese = reason.partition(" / ")
    return english if language == "en" else chinese


def printed(language: str) -> dict[str, str]:
    """Return the documents of a language, made by a process that speaks it."""
    environment = {**os.environ, "GONGWEN_LANGUAGE": language, "PYTHONIOENCODING": "utf-8"}
    program = [sys.executable, __file__, language]
    done = subprocess.run(program, env=environment, capture_output=True, check=True, cwd="/")
    return json.loads(done.stdout)


def main() -> None:
    if len(sys.argv) > 1:
        sys.stdout.write(json.dumps(documents(sys.argv[1]), ensure_ascii=False))
        return
    for language in LANGUAGES:
        for path, text in printed(language).items():
            (DOCS / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
