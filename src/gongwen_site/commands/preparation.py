"""What loading a dump means apart from any archive: it is read, tagged, described. This may be done anywhere."""

import pickle
import zlib
from dataclasses import dataclass
from functools import lru_cache

from gongwen_site.commands.fixes import FixText, with_fixes
from gongwen_site.commands.survey import Look, look_at
from gongwen_site.errors import Diagnostic
from gongwen_site.loader.formats.rows import UnreadRows
from gongwen_site.loader.read import read_dump
from gongwen_site.records.accession import Description, describe
from gongwen_site.records.given import with_given
from gongwen_site.records.reading import Reading, Seed
from gongwen_site.tagging.tag import tag_reading
from gongwen_site.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A dump, or some rows of a table, with its fix file, and what of it is asked for."""

    text: Seed | UnreadRows
    fix: FixText | None = None
    is_traced: bool = False
    is_described: bool = True

    def read(self) -> tuple[Reading, tuple[Diagnostic, ...]]:
        """Return the reading and what the fix file could not do."""
        if isinstance(self.text, UnreadRows):
            return self.text.read(), ()
        return with_fixes(read_dump(self.text), self.fix)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What a dump, or some rows of a table, is by itself. `problems` are what its fix file cannot do."""

    look: Look
    description: Description | None
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """What readings are tagged by: the vocabularies, and the path of the archive's home region."""

    vocabulary: Vocabulary
    home: str | None

    def packed(self) -> bytes:
        """Return the rules as few enough bytes to go with every task."""
        return zlib.compress(pickle.dumps(self))


def prepare(rules: Rules, unread: Unread) -> Prepared:
    """Read and tag a dump, or some rows of a table."""
    reading, problems = unread.read()
    description = None
    if unread.is_described:
        tags = tag_reading(reading, rules.vocabulary, home=rules.home)
        description = describe(reading, with_given(reading, tags))
    return Prepared(look=look_at(reading, with_traces=unread.is_traced), description=description, problems=problems)


def prepare_elsewhere(packed: bytes, unread: Unread) -> Prepared:
    """Do what `prepare` does, by rules that are unpacked once and kept."""
    return prepare(_unpacked(packed), unread)


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Rules:
    rules: Rules = pickle.loads(zlib.decompress(packed))  # noqa: S301 - packed by the program itself
    return rules
