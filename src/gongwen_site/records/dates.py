"""Dates as records write them: as much of YYYY-MM-DD as is known."""

import re

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_date(text: str) -> bool:
    """Tell whether `text` is YYYY, YYYY-MM or YYYY-MM-DD and such a day exists."""
    match = _DATE.fullmatch(text)
    if match is None or match[1] == "0000":
        return False
    year, month, day = (int(part) if part else 1 for part in match.groups())
    if not 1 <= month <= 12:
        return False
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= _MONTH_LENGTHS[month - 1] + leap
