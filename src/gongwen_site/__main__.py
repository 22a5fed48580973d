"""`python -m gongwen_site` is `gongwen`.

Nothing is imported before it can be interrupted without a traceback. A process that helps reads this file, too.
"""

import sys


def main() -> None:
    """Run `gongwen`."""
    try:
        from gongwen_site.cli import main as run  # noqa: PLC0415 - see above

        run()
    except KeyboardInterrupt:
        sys.exit(130)
    except RuntimeError as failure:  # what Python 3.11 makes of an interrupt while it makes a class
        if isinstance(failure.__cause__, KeyboardInterrupt):
            sys.exit(130)
        raise


if __name__ == "__main__":
    main()
