"""A hook of MkDocs: pages of lists, twenty articles each, and what the templates show of an article."""

import json
from collections import defaultdict
from pathlib import Path

from mkdocs.structure.files import File

_PER_PAGE = 20
_KINDS = {"region_nodes": "地区", "topics": "主题", "months": "按月"}
_TOLD = json.loads(Path(__file__).with_name("articles.json").read_text(encoding="utf-8"))
_ARTICLES, _NAMES = _TOLD["articles"], _TOLD["names"]
_NEWEST = sorted(_ARTICLES, key=lambda number: (_ARTICLES[number]["date"], number), reverse=True)
_NEAR = {each: (_NEWEST[i + 1 : i + 2], _NEWEST[max(0, i - 1) : i]) for i, each in enumerate(_NEWEST)}
_PAGES = {"index.md": {"template": "home.html", "rows": _NEWEST[:_PER_PAGE], "heading": "最新报道"}}


def on_files(files, config):
    """Add the pages of the lists."""
    lists = defaultdict(list)
    for number in _NEWEST:
        for each in _ARTICLES[number]["lists"]:
            lists[each].append(number)
    for kind, name in _KINDS.items():
        own = [(each, _NAMES[each], len(lists[each])) for each in sorted(lists) if each.startswith(kind)]
        _PAGES[f"{kind}.md"] = {"template": "overview.html", "entries": own, "heading": name}
    for each, members in lists.items():
        last = -(-len(members) // _PER_PAGE)
        for page in range(1, last + 1):
            path = f"{each}.md" if page == 1 else f"{each}/page/{page}.md"
            rows = members[(page - 1) * _PER_PAGE : page * _PER_PAGE]
            pager = {"page_number": page, "last": last, "base": each, "count": len(members)}
            _PAGES[path] = {"template": "list.html", "rows": rows, "heading": _NAMES[each], **pager}
    for path, view in _PAGES.items():
        head = f"---\ntemplate: {view['template']}\ntitle: '{view['heading']}'\n---\n"
        files.append(File.generated(config, path, content=head))
    return files


def on_page_markdown(markdown, page, **_others):
    """Say which template shows an article, and its headline."""
    if page.file.src_uri not in _PAGES:
        number = Path(page.file.src_uri).stem
        page.meta = {"template": "article.html", "title": _ARTICLES[number]["title"]}
    return markdown


def on_page_context(context, page, **_others):
    """Give the templates what they show."""
    context |= {"names": _NAMES, "articles": _ARTICLES}
    view = _PAGES.get(page.file.src_uri)
    if view is not None:
        return context | view
    number = Path(page.file.src_uri).stem
    older, newer = _NEAR[number]
    return context | {"article": _ARTICLES[number], "older": older, "newer": newer}
