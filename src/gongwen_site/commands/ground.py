"""What every page of a site stands on besides its own records: the program, templates, words, vocabularies, settings."""

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from gongwen_site.commands.memory import stamps_below
from gongwen_site.config import FILE_NAME
from gongwen_site.resources import PACKAGE, bundles_folder, static_folder, templates_folder

_OWN = ("templates", "static", "wording", "vocabulary")
"""Folders of an archive that stand for the program's, or beside them."""
_LIBRARIES = ("jinja2", "markupsafe", "pyyaml", "jieba", "opencc", "pypinyin", "numpy")
"""Libraries whose version may change a page or the index."""


def program_folders() -> tuple[Path, ...]:
    """Return the folders of the program that decide what a site is."""
    return PACKAGE, templates_folder(), static_folder(), bundles_folder()


def own_folders(root: Path | None) -> tuple[Path, ...]:
    """Return what of an archive, its records and dumps apart, decides what its site is: its settings file, its folders."""
    return () if root is None else (root / FILE_NAME, *(root / name for name in _OWN))


def digest_of_program() -> bytes:
    """Return the digest of the program: of its files, the versions of Python and of the libraries it renders with."""
    digest = _digest_of(folder for folder in program_folders() if folder != PACKAGE)
    digest.update(_digest_of_code())
    return digest.digest()


@cache
def _digest_of_code() -> bytes:
    """Return the digest of what a process reads once: whatever becomes of the files, it runs as it began."""
    digest = _digest_of((PACKAGE,))
    digest.update(repr((sys.version_info[:2], [_version(name) for name in _LIBRARIES])).encode())
    return digest.digest()


def digest_of_ground(root: Path | None, *options: object) -> bytes:
    """Return the digest of all that every page stands on; `options` are those of the command line."""
    digest = _digest_of(own_folders(root))
    digest.update(digest_of_program() + repr(options).encode())
    return digest.digest()


def _digest_of(folders: Iterable[Path]) -> "hashlib._Hash":
    digest = hashlib.sha256()
    for folder in folders:
        for path in stamps_below(folder, 0):
            content = (folder / path).read_bytes()
            digest.update(f"{path} {len(content)}\n".encode() + content)
        digest.update(b"\n")
    return digest


def _version(library: str) -> str:
    try:
        return version(library)
    except ModuleNotFoundError:  # PackageNotFoundError is one
        return ""
