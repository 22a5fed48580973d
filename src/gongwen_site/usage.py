"""Click in the words of the terminal: its help, and what it says of a command called wrongly."""

from collections.abc import Mapping
from typing import Any

import click

from gongwen_site.wording import wording

_WORDS = wording()
_HEADINGS: Mapping[str, str] = {"Options": "usage_options", "Commands": "usage_verbs"}


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002 - the words are ours
        super().write_usage(prog, args, _WORDS.say("usage"))

    def write_heading(self, heading: str) -> None:
        super().write_heading(_WORDS.say(_HEADINGS[heading]) if heading in _HEADINGS else heading)


class _Context(click.Context):
    formatter_class = _Formatter


class NoSuchVerb(click.UsageError):
    """A verb that the program does not have."""

    def __init__(self, name: str, context: click.Context) -> None:
        super().__init__(_WORDS.say("usage_no_verb", name=name), context)


class Verb(click.Command):
    """One verb of the command line."""

    context_class = _Context

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.options_metavar = _WORDS.say("usage_options_mark")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that asks for help."""
        return _worded(super().get_help_option(ctx))


class Verbs(click.Group):
    """The program: its verbs, and what it says where there is none or an unknown one."""

    context_class = _Context
    command_class = Verb

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.options_metavar = _WORDS.say("usage_options_mark")
        self.subcommand_metavar = _WORDS.say("usage_verb_mark")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that asks for help."""
        return _worded(super().get_help_option(ctx))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the verb that is called. Raises UsageError if there is no such verb."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise NoSuchVerb(args[0], ctx)
        return super().resolve_command(ctx, args)


def _worded(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = _WORDS.say("help_help")
    return option


def mistake(failure: click.UsageError) -> str:
    """Return what was wrong with a call, and how to ask for help."""
    lines = [_WORDS.say("error_mark") + _reason(failure)]
    if failure.ctx is not None:
        lines.append("  " + _WORDS.say("hint") + _WORDS.say("usage_try", command=failure.ctx.command_path))
    return "\n".join(lines)


def _reason(failure: click.UsageError) -> str:
    if isinstance(failure, NoSuchVerb):
        return failure.message
    if isinstance(failure, click.NoSuchOption):
        return _WORDS.say("usage_no_option", name=failure.option_name)
    if isinstance(failure, click.MissingParameter) and failure.param is not None:
        return _WORDS.say("usage_missing", name=failure.param.human_readable_name)
    if isinstance(failure, click.BadOptionUsage):
        return _WORDS.say("usage_no_value", name=failure.option_name)
    if isinstance(failure, click.BadParameter) and failure.param is not None:
        return _WORDS.say("usage_bad_value", name=failure.param.opts[0])
    return _WORDS.say("usage_other", reason=failure.message)
