"""The page's number and name, where a dump prints them."""

import pytest

from gongwen_site.loader.segment import segment
from gongwen_site.records.reading import Seed

TEXT = ("老船厂的焊缝(城市记忆)", "本报记者 秦大川", "船厂的码头上,焊工老秦正在检查新船的龙骨。", "版式设计:何 里")


@pytest.mark.parametrize(
    ("head", "page", "edition"),
    [
        ("《江城日报》(2025年03月02日 第 07 版)", "7", None),
        ("《江城日报》(2025年03月02日 07版 副刊)", "7", "副刊"),
        ("江城日报 2025年3月2日 星期日 第7版：文化周末", "7", "文化周末"),
        ("第07版：副刊", "7", "副刊"),
    ],
)
def test_a_page_prints_its_number_and_name(head, page, edition):
    reading = segment(Seed(path="page.txt", sha256="", encoding="utf-8", text="\n\n".join((head, *TEXT))))
    (draft,) = reading.drafts
    assert reading.page is not None
    assert (reading.page.text, draft.edition.text if draft.edition else None) == (page, edition)
