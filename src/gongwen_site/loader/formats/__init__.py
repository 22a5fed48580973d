"""Dumps that are more than plain text: saved HTML, Markdown with front matter, tables of one article a row."""
