"""Ids through better rules and changed dumps: what is the same article keeps its address."""

from dataclasses import replace

from gongwen_site.records.accession import accession, describe, left_over
from gongwen_site.records.identity import Known, earlier_of, match, traces_of, words_of_draft
from gongwen_site.records.reading import Draft, LineRole, Paragraph, Printed, Reading, Role, Seed, Tags
from gongwen_site.records.register import State

TEXT = "\n".join(f"第{n}行的文字，各行都不相同，编号是{n * 7919}。" for n in range(1, 13))


def _reading(*articles, text=TEXT):
    """A dump read as articles, each the line numbers of its headline and body."""
    lines = text.split("\n")
    drafts, roles = [], []
    for index, (head, *body) in enumerate(articles):
        parts = [Paragraph(kind="paragraph", parts=(Printed(text=lines[n - 1], line=n),)) for n in body]
        drafts.append(Draft(title=Printed(text=lines[head - 1], line=head), body=tuple(parts)))
        roles.append(LineRole(first=head, last=head, roles=(Role.HEADLINE,), rule="x", draft=index))
        roles += [LineRole(first=n, last=n, roles=(Role.BODY,), rule="x", draft=index) for n in body]
    seed = Seed(path="a.txt", sha256=str(hash(text)), encoding="utf-8", text=text)
    return Reading(seed=seed, drafts=tuple(drafts), line_roles=tuple(roles))


NOTHING = Known(records={}, earlier=None, entries={}, is_taken=lambda _: False)


def _take(reading, known=NOTHING):
    traces, sha256 = traces_of(reading), reading.seed.sha256
    names = match(traces, sha256, known, lambda wanted: ((n, words_of_draft(reading.drafts[n])) for n in wanted))
    taken = accession(describe(reading, tuple(Tags() for _ in reading.drafts)), names, known)
    return taken, left_over(sha256, traces, names, known)


def _after(taken, **changes):
    """What the archive knows once a reading was taken in."""
    records = {article.id: article for article in taken.articles}
    entries = {entry.id: entry for entry in taken.entries}
    known = Known(records=records, earlier=earlier_of([taken.ledger]), entries=entries, is_taken=entries.__contains__)
    return replace(known, **changes)


def _titles(taken):
    return {article.title[:4]: article.id for article in taken.articles}


def test_a_headline_found_elsewhere_by_better_rules_changes_no_id():
    first, _ = _take(_reading((1, 2, 3), (4, 5, 6)))
    second, _ = _take(_reading((4, 2, 3), (1, 5, 6)), _after(first))
    assert [article.id for article in second.articles] == [article.id for article in first.articles]
    assert second.created == frozenset()


def test_an_article_that_better_rules_part_keeps_its_id_and_the_rest_gets_a_new_one():
    first, _ = _take(_reading((1, 2, 3, 4, 5, 6)))
    second, _ = _take(_reading((1, 2, 3, 4), (5, 6)), _after(first))
    assert second.articles[0].id == first.articles[0].id
    assert second.created == {second.articles[1].id}


def test_an_article_that_better_rules_join_to_another_leaves_its_address_behind():
    first, _ = _take(_reading((1, 2, 3, 4), (5, 6)))
    second, left = _take(_reading((1, 2, 3, 4, 5, 6)), _after(first))
    kept, gone = (article.id for article in first.articles)
    assert [article.id for article in second.articles] == [kept]
    assert left.superseded == (gone,)
    assert [(entry.id, entry.state) for entry in left.entries] == [(gone, State.SUPERSEDED)]


def test_an_edited_record_is_never_removed_by_better_rules():
    first, _ = _take(_reading((1, 2, 3, 4), (5, 6)))
    edited = replace(first.articles[1], title="编者定的题")
    known = _after(first, records={first.articles[0].id: first.articles[0], edited.id: edited})
    _, left = _take(_reading((1, 2, 3, 4, 5, 6)), known)
    assert (left.superseded, left.orphaned) == ((), (edited.id,))


def test_articles_of_a_changed_dump_are_known_by_their_words():
    first, _ = _take(_reading((1, 2, 3), (4, 5, 6), (7, 8)))
    lines = TEXT.split("\n")
    moved = "\n".join([*lines[3:6], "新的一行，放在中间。", *lines[:2], lines[2] + "末尾添了几个字。", *lines[6:8]])
    second, _ = _take(_reading((1, 2, 3), (5, 6, 7), (8, 9), text=moved), _after(first))
    assert _titles(second) == _titles(first)


def test_what_a_changed_dump_no_longer_holds_stays_in_the_archive():
    first, _ = _take(_reading((1, 2, 3), (4, 5, 6)))
    _, left = _take(_reading((1, 2, 3), text="\n".join(TEXT.split("\n")[:3])), _after(first))
    assert left.superseded == ()
    assert left.orphaned == (first.articles[1].id,)
