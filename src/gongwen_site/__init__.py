"""Static site generator for Chinese news archives.

    seeds/  --load-->  articles/*.md  --build-->  _site/  (HTML, feeds, data, search index)

One way, one noun a station, a new frozen type at each:

    Seed → Line → Draft → Article → Archive → views → pages
                                    Archive → documents → index

`docs/architecture.md` is the map; `tests/meta/test_import_law.py` holds the direction of the imports.
"""

__version__ = "0.1.0"
