"""The archive of the five seeds, built by the program, served under a base path, in a real Chromium."""

import importlib.util
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

REPOSITORY = Path(__file__).parents[2]
BASE = "/some/sub/path/"

expect.set_options(timeout=60_000)  # a busy machine is slow, not wrong

_spec = importlib.util.spec_from_file_location("chromium", Path(__file__).with_name("chromium.py"))
chromium = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(chromium)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def build_site(folder):
    """Bundle the scripts as they are and build the site of the repository's seeds below `folder`; return where it is."""
    subprocess.run([shutil.which("node"), REPOSITORY / "bundle.mjs"], check=True)
    site = folder / "_site"
    command = [sys.executable, "-m", "gongwen_site", "site", "--quiet"]
    where = ["--seeds", REPOSITORY / "seeds", "--articles", folder / "articles", "--output", site]
    done = subprocess.run([*command, *map(str, where)], capture_output=True, encoding="utf-8", cwd=folder, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


class _UnderBase(SimpleHTTPRequestHandler):
    """Serves a folder below BASE and nothing beside it, as a project page of GitHub Pages is served."""

    def translate_path(self, path):
        if not path.startswith(BASE):
            return str(Path(self.directory) / "nothing-is-here")
        return super().translate_path(path.removeprefix(BASE.removesuffix("/")))

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    return build_site(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="session")
def serve():
    """Return a function that serves a folder and returns its address, which ends in a slash."""
    servers = []

    def serve(folder):
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_UnderBase, directory=str(folder)))
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}{BASE}"

    yield serve
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def address(site, serve):
    """Where the site is served."""
    return serve(site)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=list(chromium.ARGUMENTS), headless=True
        )
        yield browser
        browser.close()


_LEFT = {"net::ERR_ABORTED"}  # what was still on its way when the reader went to another page


def failed(request):
    return f"failed: {request.failure}: {request.url}"


@pytest.fixture
def open_page(browser):
    """Return a function that opens an address in a fresh page; `page.said` collects what went wrong in it."""
    contexts = []

    def open_page(url, **options):
        context = browser.new_context(locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: message.type in {"error", "warning"} and page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("requestfailed", lambda request: request.failure in _LEFT or page.said.append(failed(request)))
        page.on("response", lambda reply: reply.status >= 400 and page.said.append(f"{reply.status}: {reply.url}"))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
