"""`python -m gongwen_site` is `gongwen`."""

from gongwen_site.cli import main

if __name__ == "__main__":  # a process that helps reads this file, too
    main()
