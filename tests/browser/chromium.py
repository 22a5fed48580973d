"""Which Chromium the browser tests drive: CHROMIUM=, one on PATH, else one that is installed for them.

`python tests/browser/chromium.py --install` is the set-up of `make test`: Debian's package where we are root on Debian,
else Playwright's own download.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",  # tests run as root in containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str | None:
    """Return the path of a Chromium of this machine; None where Playwright's own is to be used."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named) or sys.exit(f"CHROMIUM={named} is no program")
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """See to it that there is a Chromium."""
    if executable():
        return
    if Path("/etc/debian_version").exists() and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=True, **quiet)
        packages = ["chromium", "fonts-noto-cjk"]
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=True, **quiet)
        return
    subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=True)


if __name__ == "__main__":
    if "--install" in sys.argv:
        install()
    else:
        print(executable() or "Playwright's own")
