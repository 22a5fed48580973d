"""Settings of Pelican: an address for each article and list, twenty articles a page."""

import json
from pathlib import Path

_HERE = Path(__file__).parent
SITENAME = "试库"
SITEURL = "https://example.org"
TIMEZONE = "UTC"
DEFAULT_LANG = "zh"
DEFAULT_CATEGORY = "a"
THEME = str(_HERE)
THEME_STATIC_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
JINJA_GLOBALS = {"names": json.loads((_HERE / "names.json").read_text(encoding="utf-8"))}
ARTICLE_URL, ARTICLE_SAVE_AS = "a/{slug}/", "a/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "{slug}/", "{slug}/index.html"
TAG_REGEX_SUBSTITUTIONS: list[tuple[str, str]] = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = DRAFT_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "lists", "sitemap"]
LISTS_SAVE_AS, SITEMAP_SAVE_AS = "lists/index.html", "sitemap.xml"
PAGINATED_TEMPLATES = {"tag": 20}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
FEED_ALL_ATOM, FEED_MAX_ITEMS = "feed.xml", 20
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN: dict[str, object] = {"extension_configs": {}, "output_format": "html"}
