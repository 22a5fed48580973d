"""The documents of reference are those that the code's own tables make, and every example of a diagnostic raises it."""

import contextlib
import hashlib
import importlib.util
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from gongwen_site.cli import gongwen
from gongwen_site.commands.new import Wishes, new
from gongwen_site.wording import wording

REFERENCE = Path(__file__).parents[1] / "reference"
EXAMPLES = yaml.safe_load((REFERENCE / "examples.yaml").read_text(encoding="utf-8"))
RAISED = {code: example for code, example in EXAMPLES.items() if not isinstance(example, str)}


def _write_module():
    spec = importlib.util.spec_from_file_location("reference_write", REFERENCE / "write.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_document_of_reference_is_what_the_tables_make(language):
    write = _write_module()
    for path, text in write.printed(language).items():
        assert (write.DOCS / path).read_text(encoding="utf-8") == text, (
            "if it is meant: python tests/reference/write.py"
        )


def test_every_diagnostic_has_an_example_or_a_reason_for_none():
    assert EXAMPLES.keys() == wording("zh-CN").diagnostics.keys()
    assert [code for code, reason in EXAMPLES.items() if isinstance(reason, str) and " / " not in reason] == []


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("example") / "archive"
    new(folder, Wishes())
    shutil.copy(REFERENCE / "page.txt", folder / "seeds")
    return folder


def _codes(command, capsys):
    """Run a command of an example; return the codes of its diagnostics."""
    words = shlex.split(command.removeprefix("cd / && "))
    if words[0] != "gongwen":
        subprocess.run(command, shell=True, check=True)
        return set()
    with contextlib.suppress(SystemExit):
        gongwen.main([*words[1:], "--json"], prog_name="gongwen")
    shown = capsys.readouterr().out
    found, place, decoder = set(), 0, json.JSONDecoder()
    while (place := shown.find('"code": ', place)) >= 0:
        place += len('"code": ')
        found.add(decoder.raw_decode(shown, place)[0])
    return found


@pytest.mark.parametrize("code", RAISED)
def test_an_example_raises_its_diagnostic(code, base, tmp_path, monkeypatch, capsys):
    archive = tmp_path / "archive"
    shutil.copytree(base, archive)
    digest = hashlib.sha256((REFERENCE / "page.txt").read_bytes()).hexdigest()
    for name, text in (RAISED[code].get("files") or {}).items():
        path = archive / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("SHA256", digest) + ("\n" if text else ""), encoding="utf-8")
    commands = RAISED[code]["run"]
    if not any(word in command for command in commands for word in ("search", "check", "export")):
        commands = [re.sub("^gongwen build", "gongwen build --no-search", command) for command in commands]
    *before, last = commands
    monkeypatch.chdir(archive)
    for command in before:
        _codes(command, capsys)
    if last.startswith("cd / && "):
        monkeypatch.chdir("/")
    assert code in _codes(last, capsys)
