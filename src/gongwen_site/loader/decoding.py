"""Bytes to text: which encoding a file is in, and its text by blocks, however large it is.

Encodings are told apart by their own evidence: a byte-order mark; strict UTF-8; UTF-16 without a mark by its zero bytes;
otherwise GB18030, Big5 or UTF-16, whichever gives more of the commonest characters of written Chinese.
"""

import codecs
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

Blocks = Callable[[], Iterable[bytes]]
"""Opens a file's bytes anew, in order: they may be wanted several times and need not all be held."""

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
_DAMAGE_SHARE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How bytes are text. Where `errors` is `replace`, what is none in the encoding becomes U+FFFD."""

    encoding: str
    errors: str = "strict"


def decode(data: bytes) -> tuple[str, str] | None:
    """Return text with line feeds only and the encoding it was in; None if `data` is no text in any known encoding."""
    found = find_decoding(lambda: (data,), len(data))
    return None if found is None else ("".join(text_blocks((data,), found)), found.encoding)


def text_blocks(blocks: Iterable[bytes], decoding: Decoding) -> Iterator[str]:
    """Yield the text of bytes block by block, with line feeds only and without a byte-order mark."""
    raw = codecs.getincrementaldecoder(decoding.encoding)(decoding.errors)
    decoder = io.IncrementalNewlineDecoder(raw, translate=True)
    is_first = True
    for block in blocks:
        text = decoder.decode(block)
        if text and is_first:
            text, is_first = text.removeprefix("\ufeff"), False
        if text:
            yield text
    if rest := decoder.decode(b"", final=True):
        yield rest


def find_decoding(blocks: Blocks, size: int) -> Decoding | None:
    """Return how `size` bytes are to be decoded, None if they are no text in any known encoding."""
    found = _by_mark(blocks, size)
    if found is None:
        found = (
            _utf16_without_mark(blocks, size)
            or _strictly(blocks, size, "utf-8")
            or _by_commonness(blocks, size)
            or _damaged(blocks)
        )
    return found.decoding if isinstance(found, _Look) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """A file read through in one decoding: the text's beginning, its length, how many of its characters are broken."""

    decoding: Decoding
    sample: str
    length: int
    broken: int


def _look(blocks: Blocks, decoding: Decoding) -> _Look | int:
    """Read a file through; where its bytes are none of the encoding, return the place of the first."""
    decoder = codecs.getincrementaldecoder(decoding.encoding)(decoding.errors)
    sample: list[str] = []
    wanted, fed, length, broken = _SAMPLE, 0, 0, 0
    last = False
    remaining = iter(blocks())
    while not last:
        block = next(remaining, None)
        last = block is None
        fed += len(block or b"")
        try:
            text = decoder.decode(block or b"", final=last)
        except UnicodeDecodeError as failure:
            return fed - len(failure.object) + failure.start
        length += len(text)
        broken += text.count("\ufffd")
        if wanted > 0:
            sample.append(text[:wanted])
            wanted -= len(sample[-1])
    return _Look(decoding=decoding, sample="".join(sample), length=length, broken=broken)


def _by_mark(blocks: Blocks, size: int) -> "_Look | bool | None":
    """Return what a byte-order mark says; False where it lies, None where there is none."""
    head = _head(blocks)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            found = _strictly(blocks, size, encoding)
            return found or (_damaged(blocks) if encoding == "utf-8-sig" else None) or False
    return None


def _head(blocks: Blocks) -> bytes:
    head = b""
    for block in blocks():
        head += block[: _SAMPLE - len(head)]
        if len(head) >= _SAMPLE:
            break
    return head


def _strictly(blocks: Blocks, size: int, encoding: str) -> _Look | None:
    look = _look(blocks, Decoding(encoding=encoding))
    if isinstance(look, int):
        if encoding != "utf-8" or look < max(1, size - 3):
            return None
        # A file cut off within its last character.
        look = _look(blocks, Decoding(encoding=encoding, errors="replace"))
    return look if isinstance(look, _Look) and not _looks_binary(look) else None


def _damaged(blocks: Blocks) -> _Look | None:
    """Read UTF-8 with some broken bytes, as when a file was cut within a character; what they were is not guessed."""
    look = _look(blocks, Decoding(encoding="utf-8", errors="replace"))
    if isinstance(look, int) or look.broken > _DAMAGE_SHARE * look.length + 3 or _commonness(look) < _PLAUSIBLE:
        return None
    return None if _looks_binary(look) else look


def _looks_binary(look: _Look) -> bool:
    controls = sum(character < " " and character not in "\t\n\r\f\v\x1a" for character in look.sample)
    return controls > _CONTROL_SHARE * len(look.sample) + 2


def _utf16_without_mark(blocks: Blocks, size: int) -> _Look | None:
    sample = _head(blocks)
    if b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    look = _strictly(blocks, size, "utf-16-be" if even > odd else "utf-16-le")
    return look if look and _commonness(look) >= _PLAUSIBLE else None


def _by_commonness(blocks: Blocks, size: int) -> _Look | None:
    looks = [look for encoding in _LEGACY if (look := _strictly(blocks, size, encoding))]
    best = max(looks, key=_commonness, default=None)
    return best if best and _commonness(best) >= _PLAUSIBLE else None


def _commonness(look: _Look) -> float:
    beyond = [character for character in look.sample if character > "\x7f"]
    return sum(character in _COMMON for character in beyond) / len(beyond) if beyond else 0.0
