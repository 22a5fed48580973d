"""Which folders a command works on."""

from dataclasses import dataclass
from pathlib import Path

from gongwen_site.config import FILE_NAME, Config, find_root, read_settings
from gongwen_site.errors import ConfigError, Location, error
from gongwen_site.nearest import nearest
from gongwen_site.vocabulary.load import load_vocabulary
from gongwen_site.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """The folders of an archive. `root` holds gongwen.yaml; None where there is none."""

    root: Path | None
    seeds: Path
    articles: Path
    output: Path

    @property
    def cache(self) -> Path:
        """Where caches may be kept."""
        return (self.root or self.output.parent) / ".cache"

    def everywhere(self) -> "Folders":
        """Return the folders by paths that mean the same wherever a process was started."""
        return Folders(
            root=self.root and self.root.resolve(),
            seeds=self.seeds.resolve(),
            articles=self.articles.resolve(),
            output=self.output.resolve(),
        )

    def read_by_build(self) -> tuple[Path, ...]:
        """Return what all have to see who do a part of a build."""
        return (*(folder for folder in (self.seeds, self.articles) if folder.is_dir()), self.output.parent)

    def config(self) -> Config:
        """Return the archive's settings. Raises ConfigError."""
        return read_settings(self.root).config

    def home(self, vocabulary: Vocabulary) -> str | None:
        """Return the archive's home region. Raises ConfigError if the vocabulary has none of that name."""
        settings = read_settings(self.root)
        home = settings.config.home
        if home is not None and home not in vocabulary.regions.by_path:
            place = Location(file=str((self.root or Path()) / FILE_NAME), line=settings.lines.get("home"))
            raise ConfigError(error("home-unknown", place, region=home, near=nearest(home, vocabulary.regions.by_path)))
        return home

    def vocabulary(self) -> Vocabulary:
        """Return the archive's vocabularies. Raises ConfigError."""
        return load_vocabulary(self.root / "vocabulary" if self.root else None)


def resolve_folders(
    *,
    root: Path | None = None,
    seeds: Path | None = None,
    articles: Path | None = None,
    output: Path | None = None,
    seeds_beside: bool = False,
) -> Folders:
    """Return the folders that the options name, with the defaults of the archive they lie in.

    The root is looked for upward from the articles folder, then from the working folder. Folders not named lie in the
    root, or in the working folder where there is none. `seeds_beside` is for a verb that only shows the dumps: they are
    looked for beside a named articles folder.
    """
    found = root or (find_root(articles) if articles else None) or find_root(Path.cwd())
    base = found if found and found.resolve() != Path.cwd() else Path()  # short paths make short messages
    if seeds is None:
        seeds = articles.resolve().parent / "seeds" if articles and seeds_beside else base / "seeds"
    return Folders(
        root=found,
        seeds=seeds,
        articles=articles or base / "articles",
        output=output or base / "_site",
    )
