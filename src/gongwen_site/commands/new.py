"""`gongwen new`: an archive of one's own that `gongwen site` builds at once, and all that it takes to publish it.

Its files are in the words of the interface's language (`wording/<language>/new/`); those that say nothing to people are in
`commands/new_files/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gongwen_site import __version__
from gongwen_site.errors import GongwenError, Location, UsageError, error
from gongwen_site.nearest import nearest
from gongwen_site.records import yaml_text as y
from gongwen_site.records.addresses import FILE_NAME as ADDRESSES
from gongwen_site.records.register import FILE_NAME as REGISTER
from gongwen_site.vocabulary.load import load_vocabulary
from gongwen_site.vocabulary.vocabulary import Paper, Vocabulary
from gongwen_site.wording import DEFAULT_LANGUAGE, languages, new_files, wording

_NEUTRAL = Path(__file__).parent / "new_files"
_KEPT = {
    ".git",
    ".github",
    ".venv",
    "LICENSE",
    "LICENSE.md",
    "LICENSE.txt",
    "README.md",
    ".gitignore",
    ".gitattributes",
}
"""What may be there already: a repository just made on GitHub, an environment."""
_EXTENDED = {".gitignore", ".gitattributes"}
_IGNORED = ("/_site/", "/.cache/", "/.venv/", "/._site.*", "/articles/.lock", "__pycache__/", ".DS_Store")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a new archive is told of itself; what is None is left to the defaults."""

    title: str | None = None
    language: str = DEFAULT_LANGUAGE
    region: str | None = None
    paper: str | None = None


def new(folder: Path, wishes: Wishes) -> tuple[str, ...]:
    """Make an archive in `folder`; return the files made, those that were there already left out.

    Raises GongwenError if the folder holds anything but a fresh repository, UsageError for a wish that cannot be met.
    """
    if folder.exists() and (not folder.is_dir() or any(path.name not in _KEPT for path in folder.iterdir())):
        raise GongwenError(error("folder-not-empty", Location(file=str(folder))))
    made = []
    for name, text in _files(folder, wishes).items():
        path = folder / name
        if path.exists() and name not in _EXTENDED:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_after(path, text), encoding="utf-8", newline="\n")
        made.append(name)
    return tuple(made)


def region_meant(text: str, vocabulary: Vocabulary) -> str:
    """Return the path of a region said in full or briefly: 甘肃省/定西市, 定西市, 定西. Raises UsageError if it is none, or several."""
    known = vocabulary.regions.by_path
    if text in known:
        return text
    for is_brief in (False, True):
        found = [one for one in known.values() if (one.name.startswith(text) if is_brief else one.name == text)]
        highest = [region for region in found if region.level == min(one.level for one in found)]
        if len(highest) == 1:
            return highest[0].path
        if highest:
            raise UsageError(error("region-several", region=text, known=", ".join(one.path for one in highest[:5])))
    raise UsageError(error("home-unknown", region=text, near=nearest(text, known)))


def _files(folder: Path, wishes: Wishes) -> dict[str, str]:
    if wishes.language not in languages():
        raise UsageError(error("language-unknown", value=wishes.language, known=", ".join(languages())))
    vocabulary = load_vocabulary(None)
    paper = _paper_meant(wishes.paper, vocabulary) if wishes.paper else None
    region = region_meant(wishes.region, vocabulary) if wishes.region else None
    home = region or (paper.home if paper else None)
    words = wording(wishes.language)
    title = wishes.title or folder.resolve().name or words.say("new_title")
    filled = {
        "title": y.scalar(title),
        "language": wishes.language,
        "home": f"home: {home}" if home else "# home: 甘肃省/定西市",
        "paper": _paper_entry(wishes.paper, home, vocabulary) if wishes.paper and paper is None else "",
    }
    own = words.say("new_own")
    told = {"make_head", "make_help", "help_site", "help_load", "help_build", "help_serve", "help_check", "help_doubts"}
    files = {name: _filled(text, {**filled, "own": own}) for name, text in new_files(wishes.language).items()}
    if "README.md" in files:  # a heading, not YAML
        files["README.md"] = files["README.md"].replace(f"# {filled['title']}", f"# {title}", 1)
    makefile = (_NEUTRAL / "Makefile").read_text(encoding="utf-8")
    return {
        **files,
        "seeds/.gitkeep": "",
        "articles/.gitkeep": "",
        "Makefile": _filled(makefile, {key: words.say(key) for key in told}),
        "requirements.txt": f"gongwen-site>={__version__},<{_next_version()}\n",
        ".github/workflows/site.yml": (_NEUTRAL / "site.yml").read_text(encoding="utf-8"),
        # Two branches' new lines are both kept; a dump's bytes, of which a fix file tells the checksum, are the same everywhere.
        ".gitattributes": "".join(f"articles/{name} merge=union\n" for name in (REGISTER, ADDRESSES))
        + "seeds/** -text\n",
        ".gitignore": "".join(f"{line}\n" for line in _IGNORED),
    }


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"‹{name}›", value)
    return text.rstrip("\n") + "\n"


def _after(path: Path, text: str) -> str:
    """Return a file's lines with those of ours that it lacks."""
    if not path.exists():
        return text
    old = path.read_text(encoding="utf-8")
    return "".join((old, *(f"{line}\n" for line in text.splitlines() if line not in old.splitlines())))


def _paper_meant(name: str, vocabulary: Vocabulary) -> Paper | None:
    return next((paper for paper in vocabulary.papers.values() if name in (paper.name, *paper.aliases)), None)


def _paper_entry(name: str, home: str | None, vocabulary: Vocabulary) -> str:
    """Return the entry of a newspaper that the program does not know, its address in pinyin."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - slow to import, and seldom needed

    letters = "-".join("".join(c for c in part.lower() if c.isascii() and c.isalnum()) for part in lazy_pinyin(name))
    slug = "-".join(part for part in letters.split("-") if part) or "paper"
    taken = {paper.slug for paper in vocabulary.papers.values()} | {"unknown", "page"}
    while slug in taken or slug.startswith("x-"):
        slug = f"paper-{slug}"
    lines = [f"{y.key(name)}:", f"  slug: {slug}", *([f"  home: {home}"] if home else [])]
    return "\n" + "\n".join(lines)


def _next_version() -> str:
    """Return the first version that may read an archive's files in another way."""
    major, minor = (int(part) for part in __version__.split(".")[:2])
    return f"{major + 1}" if major else f"0.{minor + 1}"
