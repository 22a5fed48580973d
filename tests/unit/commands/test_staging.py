"""A site that is made anew or changes in part: the old one or the new, at whatever step the program was stopped."""

from itertools import count

import pytest

from gongwen_site.commands.staging import MARK, Recovery, Staged, is_unfinished, new_site, recover, swap_in

OLD = {"index.html": "old", "a/1/index.html": "old", "a/2/index.html": "gone", "b": "file", "c/x": "folder", MARK: "1"}
NEW = {"index.html": "new", "a/1/index.html": "old", "a/3/index.html": "new", "b/y": "folder", "c": "file", MARK: "2"}


@pytest.fixture
def output(tmp_path):
    return _write(tmp_path / "_site", OLD)


def _write(folder, files):
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def _read(folder):
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def _names(folder):
    return [path.name for path in folder.iterdir()]


def _change(output):
    with Staged(output) as staged:
        for path, text in NEW.items():
            if OLD.get(path) != text:
                staged.write(path, text.encode())
        for path in OLD.keys() - NEW.keys():
            staged.remove(path)
        staged.commit()


def _make_whole(output):
    _write(new_site(output), NEW)
    swap_in(output)


@pytest.mark.parametrize("build", [_change, _make_whole])
def test_the_new_site_takes_the_place_of_the_old(output, build):
    build(output)
    assert _read(output) == NEW
    assert not (output / "a" / "2").exists()
    assert not is_unfinished(output)
    assert recover(output) is None
    assert _names(output.parent) == ["_site"]


@pytest.mark.parametrize("build", [_change, _make_whole])
def test_wherever_a_build_is_stopped_the_next_command_finds_the_old_site_or_the_new(tmp_path, was_stopped, build):
    ends = []
    for steps in count():
        output = _write(tmp_path / str(steps) / "_site", OLD)
        if not was_stopped(steps, build, output):
            break
        is_mixed = is_unfinished(output)
        assert is_mixed or _read(output) in (OLD, NEW)  # whoever only reads may go by that
        # What mends it is stopped after each of its steps, too.
        assert next(more for more in count() if not was_stopped(more, recover, output)) < 50
        assert _read(output) in (OLD, NEW)
        assert _names(output.parent) == ["_site"]
        ends.append(_read(output))
    assert ends == sorted(ends, key=lambda end: end == NEW)  # once the change holds, it holds
    assert OLD in ends
    assert NEW in ends


def test_what_was_staged_and_not_committed_is_gone(output):
    with Staged(output) as staged:
        staged.write("index.html", b"new")
        staged.remove("b")
    assert _read(output) == OLD
    assert _names(output.parent) == ["_site"]


def test_a_list_that_is_not_whole_means_nothing(output, was_stopped):
    for steps in count():
        was_stopped(steps, _change, output)
        if is_unfinished(output):
            break
    file = next(output.with_name("._site.changes").glob("list"))
    file.write_bytes(file.read_bytes()[:-20])
    assert not is_unfinished(output)
    assert recover(output) is Recovery.UNDONE
    assert _read(output) == OLD


def test_changes_to_a_site_that_somebody_deleted_meanwhile_are_dropped(output, was_stopped):
    for steps in count():
        was_stopped(steps, _change, output)
        if is_unfinished(output):
            break
    for path in sorted(output.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    output.rmdir()
    assert recover(output) is Recovery.UNDONE
    assert _names(output.parent) == []
