"""What is said of an index. Apart, so that it can be said without making one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """What `write_index` wrote; size in bytes, compressed."""

    documents: int
    terms: int
    files: int
    bytes: int
