"""One module a verb: it composes the stations, reads and writes the files between them, and returns a report.

Nothing here prints: `cli` renders reports and diagnostics.
"""
