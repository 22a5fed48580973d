"""seeds/ to `Seed`: walk, read, decode. A file that cannot be read becomes a diagnostic, never an exception.

Encodings are told apart by their own evidence: a byte-order mark; strict UTF-8; UTF-16 without a mark by its zero bytes;
otherwise GB18030, Big5 or UTF-16, whichever gives more of the commonest characters of written Chinese.
"""

import codecs
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from gongwen_site.errors import Diagnostic, Location, error, note
from gongwen_site.records.reading import Seed

SUFFIXES = (".txt", ".html", ".htm", ".md", ".jsonl", ".csv")
"""What is taken for a dump. `<dump>.fix.yaml` lies beside a dump and is none."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The commonest characters of newspaper Chinese, in both scripts: a wrong decoding hits almost none of them.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "這個國時來們於會發動說產種經學過後對為進業務報記者員總區縣歲聞與將關長東車門間開問"
)
_LEGACY = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_SAMPLE = 200_000
_CONTROL_SHARE = 0.02
_PLAUSIBLE = 0.04
_BROKEN_SHARE = 0.002  # of a text's characters: more broken ones than this, and it is no UTF-8
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE
)
_HEAD = 4096  # bytes within which a page declares its charset, a little more than the standard asks
_DAMAGE_SHARE = 0.01
_LONGEST_NAME = 240  # bytes: file systems take 255, and a ledger's name is longer than its dump's


def iter_seeds(folder: Path) -> Iterator[Seed | Diagnostic]:
    """Yield every dump under `folder` in the order of its path, or the reason why it cannot be read."""
    for path in iter_dump_files(folder):
        yield read_seed_file(path, path.relative_to(folder).as_posix())


def iter_dump_files(folder: Path) -> Iterator[Path]:
    """Yield the dump files under `folder`, subfolders included, hidden files left out."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    visible = (path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    yield from sorted(visible, key=lambda path: path.relative_to(folder).as_posix())


def read_seed_file(path: Path, name: str) -> Seed | Diagnostic:
    """Return the dump at `path` under its relative `name`, or the reason why it cannot be read."""
    place = Location(file=str(path))
    try:
        data = path.read_bytes()
    except OSError as failure:
        return error("file-unreadable", place, reason=failure.strerror or "")
    decoded = decode(data)
    if decoded is None:
        return error("dump-not-text", place)
    text, encoding = decoded
    if not text.strip():
        return note("dump-empty", place)
    try:
        name.encode()
    except UnicodeEncodeError:
        return error("dump-bad-name", place)
    if any(len(part.encode()) > _LONGEST_NAME for part in name.split("/")):
        return error("dump-name-long", place, most=_LONGEST_NAME // 3)
    return Seed(path=name, sha256=hashlib.sha256(data).hexdigest(), encoding=encoding, text=text)


def decode(data: bytes) -> tuple[str, str] | None:
    """Return text with line feeds only and the encoding it was in; None if `data` is no text in any known encoding."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding) or (_damaged(data) if encoding == "utf-8-sig" else None)
    if b"\0" in data[:_SAMPLE] and (found := _utf16_without_mark(data)):
        return found
    return _strictly(data, "utf-8") or _by_commonness(data) or _damaged(data)


def _strictly(data: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as failure:
        if encoding != "utf-8" or failure.start < max(1, len(data) - 3):
            return None
        text = data.decode(encoding, errors="replace")  # a file cut off within its last character
    if _looks_binary(text):
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"), encoding


def _damaged(data: bytes) -> tuple[str, str] | None:
    """Read UTF-8 with some broken bytes, as when a file was cut within a character; what they were is not guessed."""
    text = data.decode("utf-8", errors="replace")
    if text.count("\ufffd") > _DAMAGE_SHARE * len(text) + 3 or _commonness(text) < _PLAUSIBLE:
        return None
    return _strictly(text.encode(), "utf-8")


def _looks_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    controls = sum(character < " " and character not in "\t\n\r\f\v\x1a" for character in sample)
    return controls > _CONTROL_SHARE * len(sample) + 2


def _utf16_without_mark(data: bytes) -> tuple[str, str] | None:
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    decoded = _strictly(data, encoding)
    return decoded if decoded and _commonness(decoded[0]) >= _PLAUSIBLE else None


def _by_commonness(data: bytes) -> tuple[str, str] | None:
    readings = [reading for encoding in _LEGACY if (reading := _strictly(data, encoding))]
    best = max(readings, key=lambda reading: _commonness(reading[0]), default=None)
    return best if best and _commonness(best[0]) >= _PLAUSIBLE else None


def _commonness(text: str) -> float:
    sample = [character for character in text[:_SAMPLE] if character > "\x7f"]
    return sum(character in _COMMON for character in sample) / len(sample) if sample else 0.0
