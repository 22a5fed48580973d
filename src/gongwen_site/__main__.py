"""`python -m gongwen_site` is `gongwen`."""

from gongwen_site.cli import main

main()
