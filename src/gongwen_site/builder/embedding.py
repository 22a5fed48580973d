"""JSON that stands inside a script element of a page."""

import json
from typing import Any

from markupsafe import Markup

_ESCAPES = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})


def json_for_script(data: dict[str, Any]) -> Markup:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return Markup(text)  # noqa: S704 - every character that HTML could read as markup is escaped above
