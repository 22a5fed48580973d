"""Changes to a folder, all or none: whatever step they were stopped at, and whatever a person did before they were undone."""

import os
from itertools import count

import pytest

from gongwen_site.records.journal import FOLDER, Journal, is_unfinished, roll_back

OLD = {"ids.csv": "id\n", "a/1.md": "one", "a/2.md": "two", "b/3.md": "three"}
NEW = {"ids.csv": "id\nx\n", "a/1.md": "ONE, twice", "c/d/4.md": "four", "dumps/a.yaml": "ledger"}


@pytest.fixture
def folder(tmp_path):
    return _write(tmp_path / "articles", OLD)


def _write(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def _read(folder):
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def _change(folder, *, hold=True):
    journal = Journal(folder, "load")
    journal.write(folder / "a/1.md", b"ONE")
    journal.write(folder / "c/d/4.md", b"four")
    journal.remove(folder / "b/3.md")
    journal.write(folder / "a/1.md", b"ONE, twice")
    journal.remove(folder / "a/2.md")
    journal.write_parts(folder / "dumps/a.yaml", lambda: (b"led", b"ger"))
    journal.write(folder / "ids.csv", b"id\nx\n")
    if hold:
        journal.commit()
    return journal


def test_changes_that_hold(folder):
    _change(folder)
    assert _read(folder) == NEW
    assert not is_unfinished(folder)
    assert not (folder / FOLDER).exists()


def test_changes_that_are_undone(folder):
    undone = _change(folder, hold=False).roll_back()
    assert (undone.verb, undone.left) == ("load", ())
    assert _read(folder) == OLD
    assert not (folder / "c").exists()


def test_wherever_changes_are_stopped_none_are_left_or_all_hold(tmp_path, was_stopped):
    ends = []
    for steps in count():
        folder = _write(tmp_path / str(steps), OLD)
        if not was_stopped(steps, _change, folder):
            break
        # To undo them is stopped at each of its steps, too.
        assert next(more for more in count() if not was_stopped(more, roll_back, folder)) < 50
        found = _read(folder)
        assert found in (OLD, NEW), steps
        assert not (folder / FOLDER).exists()
        ends.append(found == NEW)
    assert ends == sorted(ends)
    assert set(ends) == {False, True}


def test_what_a_person_did_before_the_changes_were_undone_stays(folder):
    _change(folder, hold=False)
    (folder / "a/1.md").write_text("one, by hand")
    (folder / "a/2.md").write_text("two, written anew")
    (folder / "c/d/4.md").unlink()
    (folder / "b/5.md").write_text("five")
    undone = roll_back(folder)
    assert sorted(undone.left) == [folder / "a/1.md", folder / "a/2.md"]
    assert _read(folder) == {
        "ids.csv": "id\n", "a/1.md": "one, by hand", "a/2.md": "two, written anew", "b/3.md": "three", "b/5.md": "five",
    }  # fmt: skip


def test_a_record_that_a_person_deleted_does_not_come_back(folder):
    _change(folder, hold=False)
    (folder / "a/1.md").unlink()
    assert roll_back(folder).left == (folder / "a/1.md",)
    assert not (folder / "a/1.md").exists()


def test_a_folder_that_was_moved_is_undone_where_it_lies(folder):
    _change(folder, hold=False)
    elsewhere = folder.rename(folder.with_name("moved"))
    roll_back(elsewhere)
    assert _read(elsewhere) == OLD


def test_a_file_system_without_hard_links_does_as_well(folder, monkeypatch):
    def refuse(*_arguments, **_options):
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    _change(folder, hold=False)
    roll_back(folder)
    assert _read(folder) == OLD


def test_writing_what_is_there_already_changes_nothing(folder):
    journal = Journal(folder, "load")
    assert not journal.write(folder / "a/1.md", b"one")
    assert not (folder / FOLDER).exists()
