"""The shipped vocabularies: divisions, addresses, topics, newspapers."""

from pathlib import Path

import pytest
import yaml

from gongwen_site.vocabulary.load import load_vocabulary
from gongwen_site.vocabulary.vocabulary import Vocabulary

GOLD = Path(__file__).parents[2] / "fixtures" / "gold_tags.yaml"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(None)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("甘肃省/定西市/临洮县", "gansu/dingxi/621124"),
        ("北京市/大兴区", "beijing/110115"),
        ("湖北省/仙桃市", "hubei/429004"),
        ("新疆维吾尔自治区/石河子市", "xinjiang/659001"),
        ("重庆市/忠县", "chongqing/500233"),
        ("重庆市/渝中区", "chongqing/500103"),
        ("山西省", "shanxi"),
        ("陕西省", "shaanxi"),
        ("内蒙古自治区", "neimenggu"),
        ("内蒙古自治区/锡林郭勒盟", "neimenggu/xilinguole"),
        ("西藏自治区/昌都市", "xizang/changdu"),
        ("香港特别行政区", "xianggang"),
        ("澳门特别行政区", "aomen"),
        ("台湾省", "taiwan"),
        ("山西省/长治市", "shanxi/changzhi"),
        ("山西省/吕梁市", "shanxi/lvliang"),
        ("辽宁省/朝阳市", "liaoning/chaoyang"),
        ("四川省/乐山市", "sichuan/leshan"),
        ("四川省/阿坝藏族羌族自治州", "sichuan/aba"),
        ("安徽省/六安市", "anhui/luan"),
        ("安徽省/蚌埠市", "anhui/bengbu"),
        ("安徽省/亳州市", "anhui/bozhou"),
        ("福建省/厦门市", "fujian/xiamen"),
        ("浙江省/台州市", "zhejiang/taizhou"),
        ("浙江省/丽水市", "zhejiang/lishui"),
        ("河南省/濮阳市", "henan/puyang"),
        ("河南省/漯河市", "henan/luohe"),
        ("海南省/儋州市", "hainan/danzhou"),
        ("新疆维吾尔自治区/巴音郭楞蒙古自治州", "xinjiang/bayinguoleng"),
        ("新疆维吾尔自治区/克孜勒苏柯尔克孜自治州", "xinjiang/kezilesu"),
        ("新疆维吾尔自治区/阿勒泰地区", "xinjiang/aletai"),
        ("青海省/海南藏族自治州", "qinghai/hainan"),
        ("吉林省/吉林市", "jilin/jilin"),
    ],
)
def test_addresses_of_regions(vocabulary, path, address):
    assert vocabulary.region_address(path) == address


def test_paths_and_addresses_are_unique_and_nested(vocabulary):
    regions = vocabulary.regions.by_path
    addresses = [region.address for region in regions.values()]
    assert len(set(addresses)) == len(addresses)
    for path, region in regions.items():
        if "/" in path:
            assert region.address.startswith(regions[path.rpartition("/")[0]].address + "/")


def test_table_is_whole_and_without_fillers(vocabulary):
    levels = [region.level for region in vocabulary.regions.by_path.values()]
    assert levels.count(1) == 34
    assert levels.count(2) == 333
    assert levels.count(3) == 2849
    assert not [path for path in vocabulary.regions.by_path if "直辖" in path or "市辖区" in path]


def test_topics_are_those_of_the_gold_and_addressable(vocabulary):
    gold = yaml.safe_load(GOLD.read_text(encoding="utf-8"))
    assert {topic for item in gold for topic in item["topics"]} <= set(vocabulary.topics)
    assert all(topic.slug.isascii() and topic.words for topic in vocabulary.topics.values())


def test_an_unlisted_name_has_a_stable_address(vocabulary):
    assert vocabulary.topic_slug("无此主题") == vocabulary.topic_slug("无此主题")
    assert vocabulary.paper_slug("无此报").startswith("x-")
