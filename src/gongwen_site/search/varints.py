"""Many numbers to bytes at once, by numpy: unsigned LEB128, as `format.varint` writes one of them."""

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]

_SEVEN_BITS = 0x7F
_MORE = 0x80


def sizes_of(values: Numbers) -> Numbers:
    """Return how many bytes each number takes."""
    sizes = np.ones(len(values), np.int64)
    bound = 1 << 7
    while (longer := values >= bound).any():
        sizes += longer
        bound <<= 7
    return sizes


def encoded(values: Numbers, sizes: Numbers) -> Bytes:
    """Return numbers one after another, of the `sizes` that `sizes_of` gives."""
    ends = np.cumsum(sizes)
    starts = ends - sizes
    out = np.empty(int(ends[-1]) if len(ends) else 0, np.uint8)
    out[starts] = values & _SEVEN_BITS
    for place in range(1, int(sizes.max(initial=1))):
        longer = np.flatnonzero(sizes > place)
        at = starts[longer] + place
        out[at - 1] |= _MORE
        out[at] = values[longer] >> 7 * place & _SEVEN_BITS
    return out


def gathered(content: Bytes, starts: Numbers, sizes: Numbers) -> Bytes:
    """Return stretches of `content` one after another."""
    shifts = starts - (np.cumsum(sizes) - sizes)
    return content[np.repeat(shifts, sizes) + np.arange(int(sizes.sum()))]
