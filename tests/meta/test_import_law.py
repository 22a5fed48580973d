"""The direction of the house: seeds → records → site, and no way back."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "gongwen_site"

# A module may import from its own package and from the packages of the lower rows; the stations of one row are strangers.
ROWS = (
    {"__main__"},
    {"cli"},
    {"screen", "usage"},
    {"commands"},
    {"loader", "tagging", "builder", "search", "export", "moving"},
    {"config", "vocabulary", "wording", "resources"},
    {"records"},
    {"chinese"},
    {"errors", "nearest"},
)
FREE_WITHIN_ROW = {"config", "vocabulary", "wording", "resources"}  # no stations: what the stations are given
LEVEL = {package: row for row, packages in enumerate(ROWS) for package in packages}


def _package(module):
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "gongwen_site"


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gongwen_site"):
            if node.module == "gongwen_site":
                yield from (f"gongwen_site.{alias.name}" for alias in node.names if alias.name in LEVEL)
            else:
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("gongwen_site."))


MODULES = sorted(path for path in SOURCE.rglob("*.py") if path != SOURCE / "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_go_one_way(path):
    own = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    for module in _imports(path):
        other = _package(module)
        allowed = other == own or LEVEL[other] > LEVEL[own] or {own, other} <= FREE_WITHIN_ROW
        assert allowed, f"{own} must not import {module}"


def test_no_relative_imports():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), path
