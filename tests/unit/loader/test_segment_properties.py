"""What holds for any text made of lines as newspapers have them."""

from hypothesis import given
from hypothesis import strategies as st

from gongwen_site.loader.segment import segment
from gongwen_site.records.reading import Seed

PIECES = (
    "工会", "职工", "技能人才", "大连市总", "近日,", "据了解,", "11月29日,", "举办", "竞赛", "。", "。", "!", "”", "“", ",", ":",
    "(记者田国奎)", "(作者单位:某某大学)", "(以案说法)", "——", "…", "本报讯", "本报记者 张三", "方 圆", "摄", "供图", "一、", "二、", "6 ",
    "编者按", "——编 者", "(上接第1版)", "本版责编:李四", "来源:中工网", "• 首页", "版权所有", "/enpproperty-->", "神木市", "市总工会主席苏青",
    "\u3000", " ", "\r", "<script>", "---", "#",
)  # fmt: skip
LINES = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
TEXTS = st.lists(st.tuples(LINES, st.integers(min_value=1, max_value=4)), max_size=40).map(
    lambda lines: "".join(line + "\n" * breaks for line, breaks in lines)
)
WIDE = str.maketrans(",:;?!()", "，：；？！（）")


def _read(text):
    return segment(Seed(path="any.txt", sha256="", encoding="utf-8", text=text))


def _printed(draft):
    whole = [draft.kicker, draft.deck, draft.unit, *draft.captions, *(p for block in draft.body for p in block.parts)]
    return [part for part in whole if part is not None]


@given(TEXTS)
def test_every_line_is_accounted_for_once_and_every_part_is_the_dump_s_own(text):
    reading = _read(text)
    lines = text.split("\n")
    told = [n for role in reading.line_roles for n in range(role.first, role.last + 1)]
    assert len(told) == len(set(told))
    assert set(told) >= {n for n, line in enumerate(lines, 1) if line.strip()}
    taken = [part for draft in reading.drafts for part in _printed(draft)]
    titles = [draft.title for draft in reading.drafts if not draft.title_supplied]
    assert len({part.line for part in (*taken, *titles)}) == len(taken) + len(titles)
    for part in (*taken, *titles):
        assert part.text == lines[part.line - 1].strip()
    for draft in reading.drafts:
        assert draft.title.text.removesuffix("……") in lines[draft.title.line - 1]
        assert draft.title.text.strip()


@given(TEXTS)
def test_the_width_of_punctuation_does_not_change_the_split(text):
    def shape(reading):
        return [(role.first, role.last, role.roles, role.rule, role.draft) for role in reading.line_roles]

    assert shape(_read(text)) == shape(_read(text.translate(WIDE)))


@given(TEXTS)
def test_a_draft_s_lines_are_its_own_in_the_ledger(text):
    reading = _read(text)
    owner = {n: role.draft for role in reading.line_roles for n in range(role.first, role.last + 1)}
    for index, draft in enumerate(reading.drafts):
        assert {owner[part.line] for part in _printed(draft)} <= {index}
