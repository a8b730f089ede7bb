"""Build what the desk's pages need from npm into `src/watchfloor/desk/static/vendor`.

    python tools/build_assets.py [--force]

HTMX and MapLibre GL are copied as they are; the outlines of `world-atlas` (Natural Earth, public
domain) become `world.json`, cut where they cross the antimeridian. Needs npm, and the network once;
without npm nothing is built and the desk's pages do without a map.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "src/watchfloor/desk/static/vendor"
#: What is copied, from its place in `node_modules`.
COPIED = {
    "htmx.org/dist/htmx.esm.min.js": "htmx.js",
    "htmx.org/LICENSE": "htmx.LICENSE",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl.css",
    "maplibre-gl/LICENSE.txt": "maplibre-gl.LICENSE",
    "world-atlas/LICENSE": "world-atlas.LICENSE",
}
OUTLINES = "world-atlas/countries-50m.json"

Point = tuple[float, float]
Ring = list[Point]


def main() -> int:
    """Build unless what is there was built from the same pins; 1 where npm is missing."""
    if not build(force="--force" in sys.argv):
        print("npm is not installed: the desk's pages will do without a map", file=sys.stderr)
        return 1
    print(f"assets: {', '.join(sorted(p.name for p in VENDOR.iterdir()))}")
    return 0


def build(force: bool = False) -> bool:
    """Whether the assets are there now; False where npm is missing."""
    stamp = hashlib.sha256(
        (ROOT / "package-lock.json").read_bytes() + Path(__file__).read_bytes()
    ).hexdigest()
    if not force and (VENDOR / "STAMP").is_file() and (VENDOR / "STAMP").read_text() == stamp:
        return True
    npm = shutil.which("npm")
    if npm is None:
        return False
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(ROOT / name, scratch)
        command = [npm, "ci", "--ignore-scripts", "--silent"]
        subprocess.run(command, cwd=scratch, check=True)
        modules = Path(scratch) / "node_modules"
        VENDOR.mkdir(parents=True, exist_ok=True)
        for source, name in COPIED.items():
            shutil.copyfile(modules / source, VENDOR / name)
        world = outlines(json.loads((modules / OUTLINES).read_text(encoding="utf-8")))
    (VENDOR / "world.json").write_text(
        json.dumps(world, separators=(",", ":"), ensure_ascii=False), encoding="utf-8"
    )
    (VENDOR / "STAMP").write_text(stamp)
    return True


def outlines(topology: dict) -> dict:
    """Countries as GeoJSON, their coordinates to a hundredth of a degree."""
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    features = []
    for shape in topology["objects"]["countries"]["geometries"]:
        parts = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}[shape["type"]]
        polygons = [
            piece for part in parts for piece in cut([_joined(numbers, arcs) for numbers in part])
        ]
        features.append(
            {"type": "Feature", "properties": {"name": shape["properties"]["name"]},
             "geometry": {"type": "MultiPolygon", "coordinates": polygons}}
        )  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def _decoded(arc: list[list[int]], transform: dict) -> Ring:
    """An arc's points: each is the difference to the one before, scaled."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((round(x * sx + tx, 2), round(y * sy + ty, 2)))
    return points


def _joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    """A ring out of arcs; a negative number is the arc ~number, backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def cut(rings: list[Ring]) -> list[list[Ring]]:
    """A polygon (outer ring first) as polygons none of which crosses the antimeridian."""
    outer = unwrapped(rings[0])
    lows, highs = min(x for x, _ in outer), max(x for x, _ in outer)
    if lows >= -180 and highs <= 180:
        return [rings]
    pieces = []
    for turn in (-360, 0, 360):
        kept = _clipped([(x + turn, y) for x, y in outer])
        if len(kept) >= 4:
            pieces.append([kept])
    return pieces


def unwrapped(ring: Ring) -> Ring:
    """The ring without jumps in longitude; one that runs around a pole is closed over it."""
    out = [ring[0]]
    for x, y in ring[1:]:
        turns = round((out[-1][0] - x) / 360)
        out.append((x + 360 * turns, y))
    if abs(out[-1][0] - out[0][0]) > 180:
        pole = -90.0 if out[0][1] < 0 else 90.0
        out += [(out[-1][0], pole), (out[0][0], pole), out[0]]
    return out


def _clipped(ring: Ring) -> Ring:
    """What of a ring lies between -180 and 180 degrees of longitude (Sutherland and Hodgman)."""
    for edge, side in ((-180.0, 1), (180.0, -1)):
        kept: Ring = []
        for one, two in zip(ring, ring[1:] + ring[:1], strict=True):
            inside, next_inside = (side * (p[0] - edge) >= 0 for p in (one, two))
            if inside:
                kept.append(one)
            if inside != next_inside:
                share = (edge - one[0]) / (two[0] - one[0])
                kept.append((edge, round(one[1] + share * (two[1] - one[1]), 2)))
        ring = kept
    return [*ring, ring[0]] if ring else []


if __name__ == "__main__":
    sys.exit(main())
