"""Full-text search: an archive of articles to an index that Lunr reads, and a query to ranked articles.

`analyze → documents → index` write it; `plan → postings → rank → query` ask it. Each of analyze, plan, postings, rank
and query has a twin of the same name under `static/js/search/`, which the reader's browser runs; shared cases under
`tests/contract/` hold them together. The files are specified in `docs/search-format.md`.
"""
