"""The name that was probably meant by one that nothing has."""

import difflib
from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like `name`, the first of equals in the order of the alphabet; empty if none is known."""
    return next(iter(difflib.get_close_matches(name, sorted(known), n=1, cutoff=0)), "")
