"""Regions to tiles of one size: provincial units roughly where they lie, smaller ones in the order of their codes.

The layout of the map is this project's own.
"""

import re
from collections.abc import Iterable

from gongwen_site.builder import paths
from gongwen_site.builder.browse_views import MapView, TileView, UnitsView
from gongwen_site.builder.charts import ramp_for
from gongwen_site.builder.publication import Publication
from gongwen_site.builder.views import Link

_TILES = {
    "230000": (1, 8),
    "150000": (2, 6),
    "220000": (2, 8),
    "650000": (3, 1),
    "620000": (3, 3),
    "640000": (3, 4),
    "140000": (3, 5),
    "110000": (3, 6),
    "120000": (3, 7),
    "210000": (3, 8),
    "630000": (4, 2),
    "610000": (4, 4),
    "410000": (4, 5),
    "130000": (4, 6),
    "370000": (4, 7),
    "540000": (5, 1),
    "510000": (5, 3),
    "500000": (5, 4),
    "420000": (5, 5),
    "340000": (5, 6),
    "320000": (5, 7),
    "310000": (5, 8),
    "530000": (6, 3),
    "520000": (6, 4),
    "430000": (6, 5),
    "360000": (6, 6),
    "330000": (6, 7),
    "450000": (7, 4),
    "440000": (7, 5),
    "350000": (7, 6),
    "710000": (7, 8),
    "460000": (8, 4),
    "820000": (8, 5),
    "810000": (8, 6),
}
"""GB/T 2260 code to row and column, from 1. The first row's first six columns hold the legend, the last row's first
three what is no province."""
_SUFFIX = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|省$|市$")
_EXTRA_ROW = 8
_EXTRA_COLUMNS = 3


def tile_map(publication: Publication, root: str) -> MapView:
    """Return the tile map of the archive, with links from `root`."""
    display, catalogue = publication.display, publication.catalogue
    regions = publication.vocabulary.regions
    provinces = [regions.by_code[code] for code in _TILES if code in regions.by_code]
    counts = {region.path: len(catalogue.regions.get(region.path, ())) for region in provinces}
    ramp = ramp_for(counts.values())

    def tile(place: tuple[int, int], name: str, text: str, count: int, address: str) -> TileView:
        return TileView(
            place=f"--r:{place[0]};--c:{place[1]}",
            extra=place[0] == _EXTRA_ROW and place[1] <= _EXTRA_COLUMNS,
            text=text,
            label=f"{name} {display.count(count)}",
            count=display.number(count),
            level=ramp.level(count),
            href=root + address if count else None,
        )

    tiles = [
        tile(
            _TILES[region.code],
            region.name,
            _SUFFIX.sub("", region.name),
            counts[region.path],
            paths.region(region.address),
        )
        for region in provinces
    ]
    for column, path in enumerate(regions_off_the_map(publication)[: _EXTRA_COLUMNS - 1], 1):
        address = paths.region(publication.vocabulary.region_address(path))
        tiles.append(tile((_EXTRA_ROW, column), path, path, len(catalogue.regions[path]), address))
    unknown = publication.say("unknown.region_short")
    count = len(catalogue.without_region)
    tiles.append(tile((_EXTRA_ROW, _EXTRA_COLUMNS), unknown, unknown, count, paths.REGIONS + paths.UNKNOWN))
    table = [
        Link(
            text=region.name,
            href=root + paths.region(region.address) if counts[region.path] else None,
            count=display.number(counts[region.path]),
        )
        for region in sorted(provinces, key=lambda region: (-counts[region.path], region.code))
    ]
    return MapView(legend=ramp.legend(zero=True), tiles=tuple(tiles), table=tuple(table))


def regions_off_the_map(publication: Publication) -> list[str]:
    """Return the regions with articles that are no provincial unit and lie in none, the largest first: 全国, 境外."""
    groups = publication.catalogue.regions
    regions = publication.vocabulary.regions.by_code
    provinces = {regions[code].path for code in _TILES if code in regions}
    others = [path for path in groups if "/" not in path and path not in provinces]
    return sorted(others, key=lambda path: (-len(groups[path]), path))


def unit_tiles(publication: Publication, units: Iterable[str], root: str) -> UnitsView | None:
    """Return the units that a region divides into as tiles, those without articles too; None if it has no units.

    `units` are their paths, in the order of their codes.
    """
    display, groups = publication.display, publication.catalogue.regions
    counts = {path: len(groups.get(path, ())) for path in units}
    if not counts:
        return None
    ramp = ramp_for(counts.values())

    def tile(path: str, count: int) -> TileView:
        name = path.rsplit("/", 1)[-1]
        address = paths.region(publication.vocabulary.region_address(path))
        return TileView(
            place="",
            extra=False,
            text=name,
            label=f"{name} {display.count(count)}",
            count=display.number(count),
            level=ramp.level(count),
            href=root + address if count else None,
        )

    return UnitsView(
        heading=publication.say("region.divisions"),
        legend=ramp.legend(zero=True),
        tiles=tuple(tile(path, count) for path, count in counts.items()),
    )
