"""Whether ten times the notices take more than ten times as long: full builds of both.

On the disk, since a tree of a hundred thousand notices would fill the memory; so each into a folder of its own, and nothing is
deleted before the end.
"""

import pathlib
import tempfile

from lib import sites
from lib.measure import Cost, cost, median
from lib.paths import CACHE
from lib.table import Goal, Row

TIMES = 10
# Of the smaller; of the larger one must do.
ROUNDS = 3


def rows(program: str, total: int) -> list[Row]:
    """Ten times `total` beside `total`."""
    with tempfile.TemporaryDirectory(dir=CACHE, prefix=".growth-") as folder:
        small = median([build(program, total, pathlib.Path(folder) / f"small-{turn}") for turn in range(ROUNDS)])
        large = build(program, TIMES * total, pathlib.Path(folder) / "large")
    goals = [
        Goal("processor", large.processor / small.processor, 11, f"× that of {total:,}"),
        Goal("wall", large.wall / small.wall, 11, f"× that of {total:,}"),
        Goal("peak", large.peak / 2**20, 1024, "MiB"),
    ]
    name = lambda number: f"full build of {number:,} notices, on the disk"
    return [Row(name(total), small), Row(name(TIMES * total), large, ["one build"], goals)]


def build(program: str, number: int, output: pathlib.Path) -> Cost:
    return cost([program, "--site", sites.large(program, number), *sites.NOW, "build", "--output", output])
