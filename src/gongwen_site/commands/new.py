"""`gongwen new`: an empty archive that `gongwen site` builds."""

from pathlib import Path

from gongwen_site.config import FILE_NAME
from gongwen_site.errors import GongwenError, Location, error
from gongwen_site.records.addresses import FILE_NAME as ADDRESSES
from gongwen_site.records.register import FILE_NAME as REGISTER
from gongwen_site.wording import wording

_MAKEFILE = """\
.PHONY: site serve check
site serve check:
\t@gongwen $@
"""


def new(folder: Path) -> tuple[str, ...]:
    """Make an archive in `folder`, which must be empty or missing; return the files made."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise GongwenError(error("folder-not-empty", Location(file=str(folder))))
    files = {FILE_NAME: wording().say("new_config"), "seeds/.gitkeep": "", "articles/.gitkeep": ""}
    files["Makefile"] = _MAKEFILE
    # Two branches' new lines are both kept.
    files[".gitattributes"] = "".join(f"articles/{name} merge=union\n" for name in (REGISTER, ADDRESSES))
    files[".gitignore"] = "/_site/\n/.cache/\n"
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tuple(files)
