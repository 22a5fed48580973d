"""What was made to files: what differs from the site as it lies is staged, what does not is left where it is."""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Self

from gongwen_site.builder.data import DATA_FILES, Whole, data_files_of
from gongwen_site.builder.products import Batch, Edition, Name, Product
from gongwen_site.commands.making import Made, Making, make_here
from gongwen_site.commands.memory import Copy, digest_of


@dataclass(slots=True)
class Printed:
    """What the site holds now: a copy of each product by file and piece, the data files' sizes and checksums.

    `changed` are the files that were staged, `notes` what the next build is to know of them.
    """

    copies: dict[tuple[str, int], Copy] = field(default_factory=dict)
    wholes: dict[str, Whole] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Stages the files of a site in `staging`. `known` are the copies of the site as it lies in `output`, if any."""

    staging: Path
    output: Path
    known: Mapping[tuple[str, int], Copy]
    wholes: Mapping[str, Whole]
    notes: Mapping[str, tuple[str, ...]]
    watch: Callable[[int, int], None]

    def run(self, edition: Edition, batches: Sequence[Batch], make: Making) -> Printed:
        """Make and stage what has changed of an edition's `batches`, and what describes it. Raises GongwenError, OSError."""
        printed = Printed()
        self.stage(batches, make, printed)
        data = {file: printed.wholes[file] for file in data_files_of(edition.publication.archive)}
        self.stage([tuple(edition.descriptions(data))], make_here, printed)
        return printed

    def stage(self, batches: Sequence[Batch], make: Making, printed: Printed) -> None:
        """Make and stage what has changed of some products, and take down what becomes of all. Raises GongwenError, OSError."""
        wanted = [tuple(product for product in batch if not self._is_known(product)) for batch in batches]
        made = iter(make(wanted))
        changed = {product.name for batch in wanted for product in batch}
        pieces = {p.name.file: p.name.piece + 1 for batch in batches for p in batch if p.name.piece}
        touched = {name.file for name in changed} | self._longer(pieces)
        count, growing = 0, dict[str, _Growing]()
        with ExitStack() as closing:
            for product in chain.from_iterable(batches):
                file = product.name.file
                if file not in touched:
                    self._leave(product.name, printed)
                    continue
                is_new = product.name in changed
                content = next(made) if is_new else None
                if content is not None and file not in pieces and file not in DATA_FILES:
                    self._write(product, content, printed)
                else:
                    if file not in growing:
                        growing[file] = closing.enter_context(_Growing(f"{self.staging}/{file}", self.output / file))
                    self._add(growing[file], product, content, printed)
                    if product.name.piece + 1 == pieces.get(file, 1):
                        printed.wholes[file] = growing.pop(file).close()
                        printed.changed.append(file)
                count += is_new
                self.watch(count, len(changed))

    def _is_known(self, product: Product) -> bool:
        copy = self.known.get(product.name)
        return copy is not None and copy.key == product.key()

    def _longer(self, pieces: Mapping[str, int]) -> set[str]:
        """Return the files that had more pieces than they have now."""
        return {file for file, piece in self.known if piece and piece >= pieces.get(file, 1)}

    def _leave(self, name: Name, printed: Printed) -> None:
        """Take down that a product is as it was."""
        printed.copies[name] = self.known[name]
        if name.file in self.wholes:
            printed.wholes[name.file] = self.wholes[name.file]
        if name.file in self.notes:
            printed.notes[name.file] = self.notes[name.file]

    def _write(self, product: Product, made: Made, printed: Printed) -> None:
        """Write a file of one piece to the staging folder, unless it says what it said before."""
        file = product.name.file
        copy = self._take_down(product, made, printed)
        known = self.known.get(product.name)
        if known is None or known.digest != copy.digest:
            with _opened(f"{self.staging}/{file}") as opened:
                opened.write(made.content)
            printed.changed.append(file)

    def _add(self, growing: "_Growing", product: Product, made: Made | None, printed: Printed) -> None:
        """Write the next piece of a file to the staging folder; one that is as it was comes from the site."""
        known = self.known.get(product.name)
        if made is None:
            assert known is not None  # noqa: S101 - or it would have been made
            growing.add_old(known.size)
            printed.copies[product.name] = known
            return
        self._take_down(product, made, printed)
        growing.add(made.content, known.size if known else 0)

    def _take_down(self, product: Product, made: Made, printed: Printed) -> Copy:
        if made.note is not None:
            printed.notes[product.name.file] = made.note
        copy = Copy(made.key, len(made.content), digest_of(made.content), product.is_page)
        printed.copies[product.name] = copy
        return copy


class _Growing:
    """A file of several pieces as it is staged; `old` is the same file as the site has it."""

    def __init__(self, path: str, old: Path) -> None:
        self._opened, self._old = _opened(path), old
        self._passed = 0
        self._size, self._whole = 0, hashlib.sha256()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def add(self, content: bytes, instead: int = 0) -> None:
        """Write a piece, which stands for so many bytes of the old file."""
        self._passed += instead
        self._size += len(content)
        self._whole.update(content)
        self._opened.write(content)

    def add_old(self, size: int) -> None:
        """Write the next piece of the old file again."""
        with self._old.open("rb") as opened:
            opened.seek(self._passed, os.SEEK_SET)
            self.add(opened.read(size), size)

    def close(self) -> Whole:
        """Finish the file. Raises OSError."""
        self._opened.close()
        return Whole(self._size, self._whole.hexdigest())


def _opened(path: str) -> BinaryIO:
    """Return a file opened to be written; most folders have no other file, so that each is made as it is needed."""
    try:
        return open(path, "wb")  # noqa: PTH123 - thousands of them; closed by who asked for it
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - as above
        return open(path, "wb")  # noqa: PTH123
