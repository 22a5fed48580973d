"""The archive to carry away: `Archive → archive.sqlite`, and a built site → one zip that opens from a disk.

Nothing here is part of the site itself; `gongwen export` lays both below `/data/` of a site that was built.
"""
