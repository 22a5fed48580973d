"""`gongwen config`: the settings in force, where each comes from, and what it means."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from gongwen_site.commands.paths import Folders
from gongwen_site.config import FILE_NAME, Config, defaults, read_settings
from gongwen_site.records import yaml_text as y
from gongwen_site.wording import Wording, languages

_Value = str | int | bool | Mapping[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A setting: its value in force, the line of `file` that says so (None: by default), its meaning and its default."""

    name: str
    value: _Value
    line: int | None
    default: _Value
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigReport:
    """All settings, in the order of the schema; `file` is None where there is no gongwen.yaml."""

    file: str | None
    settings: tuple[Explained, ...]


def config(folders: Folders, words: Wording) -> ConfigReport:
    """Return the settings of an archive, explained in `words`. Raises ConfigError with all that is wrong."""
    found = read_settings(folders.root)
    folders.home(folders.vocabulary())  # a home that no table has is an error here, too
    usual = defaults(found.config.language)
    meanings = words.cli["settings"]
    return ConfigReport(
        file=str(folders.root / FILE_NAME) if folders.root else None,
        settings=tuple(
            Explained(
                name=one.name,
                value=getattr(found.config, one.name),
                line=found.lines.get(one.name),
                default=getattr(usual, one.name) if one.name != "language" else Config().language,
                meaning=meanings[one.name].format(languages=", ".join(languages())),
            )
            for one in fields(Config)
        ),
    )


def written(value: _Value) -> str | None:
    """Return a value as gongwen.yaml would have it; None where there is none."""
    if value is None or value == {}:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return y.flow_map({y.scalar(name, flow=True): str(one) for name, one in value.items()})
    return str(value) if isinstance(value, int) else y.scalar(value)
