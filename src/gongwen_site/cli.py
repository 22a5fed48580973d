"""The command line: parse, call one function a verb, print its report, choose the exit code.

Results go to stdout, progress and diagnostics to stderr. Exit 0: fine, notes included; 1: errors; 2: wrong usage.
`--quiet`, `--verbose`, `--json` and `--root` may stand before or after a verb. A verb imports its own stations only, so that a
short command starts at once.
"""

import functools
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongwen_site import __version__
from gongwen_site.commands.paths import Folders, resolve_folders
from gongwen_site.errors import Diagnostic, GongwenError, Location, UsageError, error
from gongwen_site.screen import Screen, plain, speak_utf8
from gongwen_site.usage import Verbs, mistake
from gongwen_site.wording import wording

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from gongwen_site.commands.build import Keep
    from gongwen_site.commands.load_report import LoadReport
    from gongwen_site.commands.report import SiteReport

_WORDS = wording()
_PATH = click.Path(path_type=Path)
_MOST_QUOTED = 24
"""Characters of a query that a note on it repeats."""
_MOVES = ("collectionbuilder", "hugo")
_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _shared(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every verb has."""
    for option in (
        click.option("--root", type=_PATH, help=_WORDS.say("help_root")),
        click.option("--json", "as_json", is_flag=True, help=_WORDS.say("help_json")),
        click.option("--verbose", is_flag=True, help=_WORDS.say("help_verbose")),
        click.option("--quiet", is_flag=True, help=_WORDS.say("help_quiet")),
    ):
        command = option(command)
    return command


def _verb(command: Callable[..., int]) -> Callable[..., None]:
    """Give a verb its screen and its exit code, and turn what stopped it into messages."""

    @_shared
    @click.pass_context
    @functools.wraps(command)
    def run(
        context: click.Context, /, *, quiet: bool, verbose: bool, as_json: bool, root: Path | None, **options: Any
    ) -> None:
        before = context.obj or {}
        screen = Screen(
            quiet=quiet or before.get("quiet", False),
            verbose=verbose or before.get("verbose", False),
            as_json=as_json or before.get("as_json", False),
        )
        try:
            code = command(screen, root=root or before.get("root"), **options)
        except BrokenPipeError:
            raise
        except GongwenError as failure:
            code = _say_failure(screen, failure)
        except OSError as failure:  # a full disk, a folder that may not be written
            code = _say_failure(screen, GongwenError(_refusal(failure)))
        context.exit(code)

    return run


def _say_failure(screen: Screen, failure: GongwenError) -> int:
    screen.diagnostics(failure.diagnostics)
    if screen.as_json:
        screen.report({"diagnostics": failure.diagnostics})
    return 2 if isinstance(failure, UsageError) else 1


def _refusal(failure: OSError) -> Diagnostic:
    place = Location(file=str(failure.filename)) if failure.filename else None
    return error("system-refused", place, reason=failure.strerror or str(failure))


def main() -> None:
    """Run `gongwen`."""
    speak_utf8()
    try:
        sys.exit(gongwen.main(prog_name="gongwen", standalone_mode=False))
    except click.UsageError as failure:
        click.echo(mistake(failure), err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo(_WORDS.say("interrupted"), err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe (head, less) has gone; there is nobody left to tell.
        sys.stderr.close()
        sys.exit(1)


@click.group(
    cls=Verbs,
    context_settings=_SETTINGS,
    help=_WORDS.say("help_gongwen"),
    invoke_without_command=True,
    no_args_is_help=False,
)
@_shared
@click.version_option(__version__, prog_name="gongwen", help=_WORDS.say("help_version"))
@click.pass_context
def gongwen(context: click.Context, /, **options: Any) -> None:
    """Hand the options that stand before the verb on to it."""
    context.obj = options
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(2)


_seeds = click.option("--seeds", type=_PATH, help=_WORDS.say("help_seeds"))
_articles = click.option("--articles", type=_PATH, help=_WORDS.say("help_articles"))
_output = click.option("--output", type=_PATH, help=_WORDS.say("help_output"))
_site = click.option("--site", "output", type=_PATH, help=_WORDS.say("help_output"))
_base_url = click.option("--base-url", help=_WORDS.say("help_base_url"))
_no_search = click.option("--no-search", is_flag=True, help=_WORDS.say("help_no_search"))
_jobs = click.option("--jobs", type=click.IntRange(min=1), help=_WORDS.say("help_jobs"))
_scheduler = click.option("--scheduler", metavar="ADDRESS", help=_WORDS.say("help_scheduler"))
_verify = click.option("--verify", is_flag=True, help=_WORDS.say("help_verify"))


@gongwen.command("load", help=_WORDS.say("help_load"))
@_seeds
@_articles
@_jobs
@_scheduler
@_verify
@_verb
def load_command(
    screen: Screen,
    *,
    root: Path | None,
    seeds: Path | None,
    articles: Path | None,
    jobs: int | None,
    scheduler: str | None,
    verify: bool,
) -> int:
    folders = resolve_folders(root=root, seeds=seeds, articles=articles)
    report, code = _load(screen, folders, jobs, scheduler=scheduler, verify=verify)
    if screen.as_json:
        screen.report(report)
    return code


def _load(
    screen: Screen, folders: Folders, jobs: int | None = None, *, scheduler: str | None = None, verify: bool = False
) -> tuple["LoadReport", int]:
    from gongwen_site.commands.unchanged import unchanged_load

    report = None if verify else unchanged_load(folders)
    if report is None:
        from gongwen_site.commands.load import load

        with _workforce(jobs, scheduler) as (executor, count):
            report = load(folders, screen.progress("load_progress"), jobs=count, executor=executor)
    code = screen.diagnostics(report.diagnostics)
    if screen.as_json:
        return report, code
    for dump in report.dumps:
        screen.result(_WORDS.say("load_dump", **asdict(dump)))
        names = _WORDS.cli["roles"]
        roles = (f"{names[role]} {count}" for role, count in dump.roles.items())
        screen.result("  " + _WORDS.say("list_comma").join(roles))
    screen.result(
        _WORDS.say(
            "load_total",
            dumps=len(report.dumps),
            articles=sum(dump.articles for dump in report.dumps),
            created=sum(dump.created for dump in report.dumps),
            changed=sum(dump.changed for dump in report.dumps),
            withdrawn=len(report.withdrawn),
        )
    )
    return report, code


@contextmanager
def _workforce(
    jobs: int | None, scheduler: str | None, folders: Sequence[Path] = ()
) -> "Iterator[tuple[Executor | None, int]]":
    """Give who does the work, None for processes of this machine, and how much of it at a time."""
    if scheduler is None:
        from gongwen_site.commands.workforce import cores

        yield None, jobs or cores()
        return
    from gongwen_site.commands.cluster import cluster

    with cluster(scheduler, folders) as (executor, count):
        yield executor, jobs or count


@gongwen.command("build", help=_WORDS.say("help_build"))
@_articles
@_seeds
@_output
@_base_url
@_no_search
@_jobs
@_scheduler
@_verify
@click.option("--no-cache", is_flag=True, help=_WORDS.say("help_no_cache"))
@_verb
def build_command(
    screen: Screen,
    *,
    root: Path | None,
    seeds: Path | None,
    articles: Path | None,
    output: Path | None,
    base_url: str | None,
    no_search: bool,
    jobs: int | None,
    scheduler: str | None,
    verify: bool,
    no_cache: bool,
) -> int:
    folders = resolve_folders(root=root, seeds=seeds, articles=articles, output=output, seeds_beside=True)
    report, code = _build(
        screen,
        folders,
        base_url=base_url,
        search=not no_search,
        jobs=jobs,
        scheduler=scheduler,
        verify=verify,
        cache=not no_cache,
    )
    if screen.as_json:
        screen.report(report)
    return code


def _build(
    screen: Screen,
    folders: Folders,
    *,
    base_url: str | None,
    search: bool,
    jobs: int | None = None,
    scheduler: str | None = None,
    verify: bool = False,
    cache: bool = True,
    late_index: bool = False,
    keep: "Keep | None" = None,
) -> tuple["SiteReport", int]:
    from gongwen_site.commands.unchanged import unchanged

    if scheduler:
        folders = folders.everywhere()
    report = unchanged(folders, base_url, search=search) if cache and not verify and not keep else None
    if report is None:
        from gongwen_site.commands.build import build

        with _workforce(jobs, scheduler, folders.read_by_build()) as (executor, count):
            report = build(
                folders,
                base_url=base_url,
                search=search,
                watch=screen.progress("build_progress"),
                jobs=count,
                executor=executor,
                cache=cache,
                verify=verify,
                late_index=late_index,
                keep=keep,
            )
    code = screen.diagnostics(report.diagnostics)
    if not screen.as_json:
        screen.result(
            _WORDS.say(
                "build_total",
                output=report.output,
                articles=report.site.articles,
                pages=report.site.pages,
                megabytes=f"{report.site.bytes / 1e6:.1f}",
            )
        )
    return report, code


@gongwen.command("site", help=_WORDS.say("help_site"))
@_seeds
@_articles
@_output
@_base_url
@_no_search
@_jobs
@_verb
def site_command(
    screen: Screen,
    *,
    root: Path | None,
    seeds: Path | None,
    articles: Path | None,
    output: Path | None,
    base_url: str | None,
    no_search: bool,
    jobs: int | None,
) -> int:
    folders = resolve_folders(root=root, seeds=seeds, articles=articles, output=output)
    loaded, code = _load(screen, folders, jobs)
    try:
        built, build_code = _build(screen, folders, base_url=base_url, search=not no_search, jobs=jobs)
    except GongwenError as failure:
        new = [one for one in failure.diagnostics if one not in loaded.diagnostics]
        if not new and not screen.as_json:
            return 1  # a record that cannot be read: load has said so
        raise GongwenError(new or failure.diagnostics) from failure
    if screen.as_json:
        screen.report({"load": loaded, "build": built})
    return code | build_code


@gongwen.command("check", help=_WORDS.say("help_check"))
@_site
@_articles
@_verb
def check_command(screen: Screen, *, root: Path | None, output: Path | None, articles: Path | None) -> int:
    from gongwen_site.commands.check import check

    report = check(resolve_folders(root=root, articles=articles, output=output))
    code = screen.diagnostics(report.diagnostics)
    if screen.as_json:
        screen.report(report)
    else:
        found = len(report.diagnostics)
        screen.result(_WORDS.say("check_total", pages=report.pages, articles=report.articles, found=found))
    return code


@gongwen.command("explain", help=_WORDS.say("help_explain"))
@click.argument("dump", required=False)
@_seeds
@click.option("--article", type=click.IntRange(min=1), help=_WORDS.say("help_explain_article"))
@click.option("--fix", is_flag=False, flag_value="", metavar="[-]", help=_WORDS.say("help_explain_fix"))
@_verb
def explain_command(
    screen: Screen, *, root: Path | None, dump: str | None, seeds: Path | None, article: int | None, fix: str | None
) -> int:
    from gongwen_site.commands.explain import explain, fix_draft, only_article, write_fix_draft
    from gongwen_site.commands.explain_text import explanation_lines

    if dump is None and fix not in {None, "", "-"}:
        dump, fix = fix, ""  # `explain --fix DUMP`: what follows the option is the dump
    if dump is None or fix not in {None, "", "-"}:
        raise click.UsageError(_WORDS.say("explain_usage"))
    folders = resolve_folders(root=root, seeds=seeds)
    if fix == "-":
        screen.result(fix_draft(folders, dump).rstrip("\n"))
        return 0
    if fix is not None:
        written = write_fix_draft(folders, dump)
        if screen.as_json:
            screen.report({"file": written})
        else:
            screen.result(_WORDS.say("explain_written", file=written))
        return 0
    found = explain(folders, dump)
    if article is not None:
        found = only_article(found, article)
    code = screen.diagnostics(found.diagnostics)
    if screen.as_json:
        screen.report(found)
        return code
    for line in explanation_lines(found, width=screen.width, whole=screen.verbose, colour=screen.has_colour):
        screen.styled(line)
    return code


@gongwen.command("doubts", help=_WORDS.say("help_doubts"))
@_articles
@_verb
def doubts_command(screen: Screen, *, root: Path | None, articles: Path | None) -> int:
    from gongwen_site.commands.doubts import doubts

    report = doubts(resolve_folders(root=root, articles=articles))
    screen.diagnostics(report.diagnostics)
    if screen.as_json:
        screen.report(report)
        return 0
    dump = None
    for article in report.open:
        if article.dump != dump:
            dump = article.dump
            screen.result(_WORDS.say("doubts_dump", dump=dump))
        screen.result(f"  {article.title}  {article.file}")
        for doubt in article.doubts:
            place = _WORDS.say("doubts_place", dump=dump, line=doubt.line) if doubt.line else ""
            words = _WORDS.doubt(doubt.code, doubt.line, doubt.params)
            how = _WORDS.cli["settles"][doubt.settled_by].format(code=doubt.code)
            screen.result(f"    {_WORDS.say('doubt_mark')}{place}{words}{_WORDS.say('doubts_settle', how=how)}")
    for name, title in report.without_topic:
        screen.result(_WORDS.say("doubts_without_topic", id=name, title=title))
    if report.unused_topics:
        screen.result(_WORDS.say("doubts_unused_topics", topics=_WORDS.say("list_comma").join(report.unused_topics)))
    total = sum(len(article.doubts) for article in report.open)
    screen.result(_WORDS.say("doubts_total", doubts=total, articles=len(report.open)))
    return 0


@gongwen.command("corrections", help=_WORDS.say("help_corrections"))
@_articles
@_verb
def corrections_command(screen: Screen, *, root: Path | None, articles: Path | None) -> int:
    from gongwen_site.commands.corrections import corrections

    report = corrections(resolve_folders(root=root, articles=articles))
    code = screen.diagnostics(report.diagnostics)
    if screen.as_json:
        screen.report(report)
        return code
    for entry in report.drafted:
        screen.result(_WORDS.say("corrections_entry", date=entry.date, id=entry.id, what=entry.what))
    drafted = len(report.drafted)
    total = _WORDS.say("corrections_total", file=report.file, n=drafted) if drafted else _WORDS.say("corrections_none")
    screen.result(total)
    return code


@gongwen.command("export", help=_WORDS.say("help_export"))
@click.argument("folder", type=_PATH, required=False)
@click.option("--to", "kind", type=click.Choice(_MOVES), help=_WORDS.say("help_export_to"))
@_site
@_articles
@_seeds
@_verb
def export_command(
    screen: Screen,
    *,
    root: Path | None,
    folder: Path | None,
    kind: str | None,
    output: Path | None,
    articles: Path | None,
    seeds: Path | None,
) -> int:
    folders = resolve_folders(root=root, output=output, articles=articles, seeds=seeds, seeds_beside=True)
    if (folder is None) != (kind is None):
        raise click.UsageError(_WORDS.say("export_usage"))
    if folder is not None and kind is not None:
        return _move_out(screen, folders, kind, folder)
    from gongwen_site.commands.export import export

    report = export(folders)
    screen.diagnostics(report.diagnostics)
    if screen.as_json:
        screen.report(report)
        return 0
    for file, size in ((report.database, report.database_bytes), (report.offline, report.offline_bytes)):
        screen.result(_WORDS.say("export_file", file=file, megabytes=f"{size / 1e6:.1f}"))
    return 0


def _move_out(screen: Screen, folders: Folders, kind: str, folder: Path) -> int:
    from gongwen_site.commands.move_out import move_out

    report = move_out(folders, kind, folder)
    screen.diagnostics(report.diagnostics)
    if screen.as_json:
        screen.report(report)
        return 0
    screen.result(_WORDS.say("export_moved", folder=report.folder, articles=report.articles, files=report.files))
    screen.aside(_WORDS.say("export_not_public"))
    return 0


@gongwen.command("import", help=_WORDS.say("help_import"))
@click.argument("source", type=_PATH)
@click.option("--as", "kind", type=click.Choice(_MOVES), help=_WORDS.say("help_import_as"))
@click.option("--drafts", is_flag=True, help=_WORDS.say("help_import_drafts"))
@click.option("--dry-run", is_flag=True, help=_WORDS.say("help_import_dry_run"))
@_articles
@_verb
def import_command(
    screen: Screen,
    *,
    root: Path | None,
    source: Path,
    kind: str | None,
    drafts: bool,
    dry_run: bool,
    articles: Path | None,
) -> int:
    from gongwen_site.commands.move_in import move_in

    folders = resolve_folders(root=root, articles=articles)
    report = move_in(folders, source, kind, drafts=drafts, is_trial=dry_run)
    code = screen.diagnostics(report.diagnostics)
    if screen.as_json:
        screen.report(report)
        return code
    for one in report.made:
        screen.result(_WORDS.say("import_made", id=one.id, title=one.title, file=one.file))
    total = "import_would" if dry_run else "import_total"
    screen.result(_WORDS.say(total, made=len(report.made), known=report.known))
    return code


@gongwen.command("search", help=_WORDS.say("help_search"))
@click.argument("words", nargs=-1, required=True)
@_site
@click.option("--limit", type=click.IntRange(min=1), default=20, help=_WORDS.say("help_limit"))
@_verb
def search_command(
    screen: Screen, *, root: Path | None, words: tuple[str, ...], output: Path | None, limit: int
) -> int:
    from gongwen_site.commands.custody import site_found
    from gongwen_site.commands.search import answers

    folders = resolve_folders(root=root, output=output)
    screen.diagnostics(site_found(folders.output, "search"))
    queries = (line.rstrip("\n") for line in sys.stdin) if words == ("-",) else iter((" ".join(words),))
    for found, notes in answers(folders, queries, limit):
        for note in notes:
            names = "、".join(each.name.replace("/", " ") for each in note.names)
            key = f"search_note_{note.code.replace('-', '_')}"
            screen.aside(_WORDS.say(key, typed=note.typed[:_MOST_QUOTED], read=note.read, names=names))
        if screen.as_json:
            click.echo(json.dumps(plain(found), ensure_ascii=False))
            continue
        for result in found.results:
            screen.result(f"{result.score:8.3f}  {result.title}  {result.url}")
        screen.aside(_WORDS.say("search_total", query=found.query, total=found.total))
    return 0


@gongwen.command("serve", help=_WORDS.say("help_serve"))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help=_WORDS.say("help_port"))
@_verb
def serve_command(screen: Screen, *, root: Path | None, port: int) -> int:
    from gongwen_site.commands.serve import Workshop, serve

    folders = resolve_folders(root=root)

    workshop = Workshop(
        load=lambda: _load(screen, folders)[0].diagnostics,
        build=lambda keep: (
            _build(screen, folders, base_url=None, search=True, late_index=True, keep=keep)[0].diagnostics
        ),
        tell=screen.diagnostics,
        announce=screen.aside,
    )
    serve(folders, port, workshop)
    return 0


@gongwen.command("config", help=_WORDS.say("help_config"))
@click.option("--explain", is_flag=True, help=_WORDS.say("help_config_explain"))
@_verb
def config_command(screen: Screen, *, root: Path | None, explain: bool) -> int:
    from gongwen_site.commands.config import config, written

    report = config(resolve_folders(root=root), _WORDS)
    if screen.as_json:
        screen.report(report)
        return 0
    none = _WORDS.say("config_none")
    screen.aside(_WORDS.say("config_root", root=report.file) if report.file else _WORDS.say("config_no_root"))
    for one in report.settings:
        value = written(one.value)
        if value is not None or explain:
            screen.result(_WORDS.say("config_setting", name=one.name, value=none if value is None else value))
        if explain:
            place = "config_from_default" if one.line is None else "config_from_file"
            screen.result("    " + _WORDS.say("config_meaning", meaning=one.meaning))
            screen.result(
                "    " + _WORDS.say("config_source", source=_WORDS.say(place, file=report.file, line=one.line))
            )
            if one.line is not None:
                screen.result("    " + _WORDS.say("config_default", value=written(one.default) or none))
    return 0


@gongwen.command("own", help=_WORDS.say("help_own"))
@click.argument("names", nargs=-1)
@_verb
def own_command(screen: Screen, *, root: Path | None, names: tuple[str, ...]) -> int:
    from gongwen_site.commands.own import own

    report = own(resolve_folders(root=root), names)
    if screen.as_json:
        screen.report(report)
        return 0
    for name in report.known:
        screen.result(name)
    for name in report.copied:
        screen.result(_WORDS.say("own_copied", name=name))
    return 0


@gongwen.command("new", help=_WORDS.say("help_new"))
@click.argument("folder", type=_PATH)
@click.option("--title", help=_WORDS.say("help_new_title"))
@click.option("--language", help=_WORDS.say("help_new_language"))
@click.option("--region", help=_WORDS.say("help_new_region"))
@click.option("--paper", help=_WORDS.say("help_new_paper"))
@_verb
def new_command(screen: Screen, *, root: Path | None, folder: Path, **wishes: str | None) -> int:  # noqa: ARG001 - every verb has --root
    from gongwen_site.commands.new import Wishes, new

    if sys.stdin.isatty() and sys.stdout.isatty() and not (screen.as_json or screen.quiet):
        wishes = _asked(screen, folder, wishes)
    made = new(folder, Wishes(**{name: value for name, value in wishes.items() if value}))
    if screen.as_json:
        screen.report({"folder": str(folder), "files": made})
    else:
        screen.result(_WORDS.say("new_made", folder=folder, count=len(made)))
    return 0


def _asked(screen: Screen, folder: Path, wishes: dict[str, str | None]) -> dict[str, str | None]:
    """Return what a person at a terminal answers to what the command line left open."""
    from gongwen_site.commands.new import region_meant
    from gongwen_site.vocabulary.load import load_vocabulary
    from gongwen_site.wording import languages

    usual = {"title": folder.resolve().name, "language": _WORDS.language, "region": "", "paper": ""}
    for name, default in usual.items():
        while wishes[name] is None:
            question = _WORDS.say(f"new_ask_{name}", languages=", ".join(languages()))
            answer = click.prompt(question, default=default, show_default=bool(default)).strip()
            try:
                if name == "region" and answer:
                    answer = region_meant(answer, load_vocabulary(None))
            except UsageError as failure:
                screen.diagnostics(failure.diagnostics)
                continue
            if name != "language" or answer in languages():
                wishes[name] = answer
    return wishes
