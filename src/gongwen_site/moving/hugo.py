"""Posts of Hugo: Markdown files with front matter, each an article.

A post that this program wrote has a parameter more, `gongwen`, which holds all keys of its record; the text below is the
record's own.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from gongwen_site.errors import Diagnostic, Location, RecordError, error, note
from gongwen_site.moving.front_matter import Post, Value, read_post
from gongwen_site.moving.incoming import OWN, Incoming, checked, laid_over, settled, titled
from gongwen_site.moving.slots import (
    LISTS,
    PLAIN,
    Making,
    Slot,
    Texts,
    date_of,
    date_slot,
    extra_slot,
    list_slot,
    location_slot,
    people_slot,
    subject_slot,
    text_slot,
    title_slot,
)
from gongwen_site.records import yaml_text as y
from gongwen_site.records.article import Article
from gongwen_site.records.fields import FIELDS
from gongwen_site.records.frontmatter import read_value, render_record, render_values
from gongwen_site.vocabulary.vocabulary import Vocabulary

DRAFT = "draft"
SECTION = "_index.md"
"""What Hugo says of a whole folder: no post."""
_INDEX = "index"
_HUGO_OWN = {"url"}
"""Names of keys of a record that mean something else to Hugo: where the page stands on its site."""
_HUGO_DATES = {"lastmod", "modified", "publishdate", "pubdate", "published", "expirydate", "unpublishdate"}
_DAY_OR_MOMENT = r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d))?"
_HUGO_GROUPS = {"cascade", "build", "_build", "params", "outputs"}
_HUGO_FORMS = _HUGO_GROUPS | {"markup"}
_LONGEST_KEY = 1_000  # characters; YAML reads 1,024 without a mark
_UNSHOWN = re.compile(r"\{\{[<%]|!\[[^\]\n]*\]\(|<(?!https?:|mailto:)[a-zA-Z/!][^>\n]*>")
"""What a body may hold that the site shows as text: shortcodes, pictures, HTML; but for addresses between angles."""

SLOTS: tuple[Slot, ...] = (
    title_slot(),
    date_slot(whole=True),
    people_slot("authors"),
    subject_slot("categories", "topics"),
    subject_slot("tags", "keywords"),
    people_slot("author", is_written=False),
    location_slot("location", is_written=False),
    *(text_slot(key, is_written=False) for key in PLAIN if key not in _HUGO_OWN),
    *(list_slot(key, is_written=False) for key in LISTS if key != "keywords"),
    subject_slot("keywords", "keywords", is_written=False),
)
_BY_NAME = {slot.name: slot for slot in SLOTS}


def incoming_post(text: str, file: str, path: str, vocabulary: Vocabulary) -> Incoming | Diagnostic:
    """Return a post as a record, or why it is none. `path` is its own below the folder of posts, with forward slashes."""
    stem = PurePosixPath(path).with_suffix("")
    name = (stem.parent if stem.name == _INDEX and stem.parent.name else stem).as_posix()
    try:
        post = read_post(text, file)
        place = Location(file=file, line=1)
        base = _carried(post, place)
        making = Making(base, place, vocabulary)
        is_draft = _take_params(making, post.params, base)
        if base is None:
            making.put(body=_body(post.body))
            _tell_unshown(making, post, file)
        titled(making, (PurePosixPath(name).name,))
        article = settled(making.article, place)
    except RecordError as failure:
        return failure.diagnostics[0]
    return Incoming(
        key=path, name=name, place=place, article=article, is_draft=is_draft, diagnostics=tuple(making.notes)
    )


def written_post(article: Article) -> str:
    """Return an article as a post."""
    lines = ["---"]
    for slot in SLOTS:
        shown = slot.view(article)
        if slot.is_written and shown:
            lines.append(f"{slot.name}: {y.flow_list(shown) if slot.is_list else y.scalar(shown[0])}")
    is_draft = article.extra.get(DRAFT) == "true"
    lines.append(f"{DRAFT}: {'true' if is_draft else 'false'}")
    known = {OWN, DRAFT, *_BY_NAME}
    for name, text in article.extra.items():
        if name.casefold() not in known and _is_taken_by_hugo(name, text):
            lines.append(f"{y.key(name)}: {_structured(text)}")
    lines.append(f"{OWN}:")
    for value in render_values(article).values():
        lines += (f"  {line}" for line in value.split("\n"))
    return "\n".join([*lines, "---", _shielded(article.body)])


def _is_taken_by_hugo(name: str, text: str) -> bool:
    """Tell whether Hugo, which reads some parameters in a form of its own, does not stop at this one."""
    folded = name.casefold()
    if folded in _HUGO_DATES:
        return bool(re.fullmatch(_DAY_OR_MOMENT, text, re.ASCII)) and date_of(text) is not None
    return folded not in _HUGO_FORMS or (folded in _HUGO_GROUPS and not isinstance(_loaded(text), str))


def _take_params(making: Making, params: Mapping[str, Value], base: Article | None) -> bool:
    """Take all parameters; tell whether the post is a draft that has never been a record."""
    is_draft = False
    for name, value in params.items():
        folded = name.casefold()
        if folded == OWN and base is not None:
            continue
        if folded == DRAFT:
            making.keep(DRAFT, "true" if value == "true" else "")
            is_draft = value == "true" and base is None
            continue
        slot, texts = _BY_NAME.get(folded), _texts(value)
        if slot is None or texts is None:
            slot, texts = _param_slot(name), _as_text(value)
        laid_over(making, slot, texts, base)
    return is_draft


def _param_slot(name: str) -> Slot:
    """Return the slot of a parameter that no key of a record is for: lists and mappings as JSON."""
    slot = extra_slot(name)
    return replace(slot, view=lambda article: _as_text(_loaded("".join(slot.view(article)))))


def _carried(post: Post, place: Location) -> Article | None:
    """Return the record that a post carries whole, None if it does not."""
    carried = post.params.get(OWN)
    if not isinstance(carried, dict):
        return None
    known = {field.name for field in FIELDS}
    values: dict[str, Any] = {}
    try:
        for name, _, node in y.pairs(y.compose(_flow(carried)) or _nothing(), OWN):
            if name not in known:
                raise y.Problem(1, "key-unknown", key=name, near="", known=", ".join(sorted(known)))
            values[name] = read_value(node, name)
    except y.Problem as problem:
        raise RecordError(error(problem.code, place, **problem.params)) from problem
    article = Article(**{"id": "", "title": "", **values, "body": _unshielded(post.body).lstrip("\n")})
    return checked(render_record(article), place)


def _nothing() -> Any:
    raise y.Problem(1, "yaml-not-mapping")


def _flow(value: Value) -> str:
    """Return a value as YAML in flow style."""
    if isinstance(value, dict):
        keys = (y.scalar(name, flow=True) for name in value)
        marked = (key if len(key) <= _LONGEST_KEY else f"? {key} " for key in keys)
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in zip(marked, value.values(), strict=True)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return y.scalar(value, flow=True)


def _texts(value: Value) -> Texts | None:
    """Return a value as texts, None if it is more than a list of them."""
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(str(item).strip() for item in value if str(item).strip())
    return None


def _as_text(value: Value) -> Texts:
    """Return any value as the one text that `extra` holds."""
    if not value:
        return ()
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False),)


def _loaded(text: str) -> Value:
    """Return the list or mapping that a text of `extra` is, else the text."""
    if text[:1] in {"[", "{"}:
        try:
            return _stringly(json.loads(text))
        except (ValueError, RecursionError):
            pass
    return text


def _stringly(value: Any) -> Value:
    if isinstance(value, dict):
        return {str(name): _stringly(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_stringly(item) for item in value]
    if isinstance(value, str):
        return value
    raise ValueError(value)  # written by another hand: it stays the text that it is


def _structured(text: str) -> str:
    value = _loaded(text)
    return y.scalar(value) if isinstance(value, str) else _flow(value)


def _tell_unshown(making: Making, post: Post, file: str) -> None:
    found = _UNSHOWN.search(post.body)
    if found is not None:
        line = post.line + post.body.count("\n", 0, found.start())
        making.notes.append(note("import-markup", Location(file=file, line=line), words=found[0]))


def _body(text: str) -> str:
    text = text.strip("\n")
    return f"{text}\n" if text.strip() else ""


def _shielded(body: str) -> str:
    """Return a body in which Hugo finds no shortcode."""
    return re.sub(r"\{\{(?=[<%])", r"{\\{", body)


def _unshielded(body: str) -> str:
    return re.sub(r"\{\\\{(?=[<%])", "{{", body)
