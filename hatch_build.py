"""Build hook: put templates, styles and bundled scripts inside the wheel.

They live at the top of the repository, where people look for them; the bundles are made from there and from npm's
packages. An editable install needs none of this: `gongwen_site.resources` then finds them where they are.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INSIDE_THE_WHEEL = {
    "templates": "gongwen_site/templates",
    "static": "gongwen_site/static",
    "node_modules/.bundle": "gongwen_site/bundles",
}


class ResourcesHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        for source, target in INSIDE_THE_WHEEL.items():
            path = Path(self.root, source)
            if not path.exists():
                msg = f"{source} is missing: run `npm ci && npm run bundle` before building the wheel"
                raise FileNotFoundError(msg)
            build_data["force_include"][str(path)] = target
