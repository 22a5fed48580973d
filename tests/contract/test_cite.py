"""The files of citations that the browser makes: every value on its line, in its braces, whatever it holds."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

NASTY = "一\r\n{二 \\&%$#_~^ }}\nER  - \n@article{x, title = {"
ITEMS = [
    {
        "id": "goodaaaa",
        "type": "article-newspaper",
        "title": "铜城匠心",
        "author": [{"literal": "彭雯"}, {"literal": "阿依古丽·买买提"}],
        "container-title": "甘肃日报",
        "publisher-place": "兰州",
        "issued": {"date-parts": [[2024, 11, 5]]},
        "page": "A05",
        "URL": "https://example.com/a_b%20c",
        "accessed": {"date-parts": [[2024, 11]]},
        "language": "zh-CN",
        "source": "工闻",
        "keyword": "劳模工匠; 技术创新",
        "note": "日期推定",
    },
    {"id": "badaaaaa", "type": "webpage", "title": NASTY, "author": [{"literal": NASTY}], "URL": NASTY, "note": NASTY},
    {"id": "bareaaaa", "type": "article-newspaper", "title": "甲"},
]


@pytest.fixture(scope="module")
def files():
    node = shutil.which("node")
    assert node, "node is needed to test what the browser runs"
    command = [node, str(Path(__file__).with_name("cite.mjs"))]
    done = subprocess.run(command, input=json.dumps(ITEMS), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_ris_has_a_line_for_every_value(files):
    first = files["ris"].split("\r\n\r\n")[0].split("\r\n")
    assert first == [
        *("TY  - NEWS", "ID  - goodaaaa", "TI  - 铜城匠心", "AU  - 彭雯", "AU  - 阿依古丽·买买提", "T2  - 甘肃日报"),
        *("CY  - 兰州", "PY  - 2024", "DA  - 2024/11/05/", "SP  - A05", "UR  - https://example.com/a_b%20c"),
        *(
            "Y2  - 2024/11//",
            "DB  - 工闻",
            "LA  - zh-CN",
            "KW  - 劳模工匠",
            "KW  - 技术创新",
            "N1  - 日期推定",
            "ER  - ",
        ),
    ]
    lines = [line for line in files["ris"].split("\r\n") if line]
    assert [line for line in lines if not re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line)] == []
    assert sum(line.startswith("ER  -") for line in lines) == len(ITEMS)


def test_bibtex_entries_close_where_they_opened(files):
    entries = re.split(r"\n(?=@)", files["bibtex"])
    assert [entry[: entry.index(",")] for entry in entries] == [
        "@article{goodaaaa",
        "@online{badaaaaa",
        "@article{bareaaaa",
    ]
    for entry in entries:
        depth = 0
        for line in entry.splitlines():
            depth += line.count("{") - line.count("}")
            assert depth == (0 if line == "}" or not line else 1)
    assert "  author = {{彭雯} and {阿依古丽·买买提}},\n" in entries[0]
    assert "  date = {2024-11-05},\n" in entries[0]
    assert "  url = {https://example.com/a_b%20c},\n" in entries[0]


def test_csl_json_is_the_items_as_the_pages_carry_them(files):
    assert json.loads(files["csl"]) == ITEMS
