"""Whether ten times the notices take more than ten times as long: full builds of both.

On the disk, and in memory where a tree of the larger has room there. Each goes into a folder of its own, and nothing is deleted
before the end. What is to be read was read just before, so that none of them waits for it.
"""

import pathlib
import shutil
import tempfile

from lib import sites
from lib.measure import Cost, cost, median
from lib.paths import CACHE, file_system
from lib.table import Goal, Row

TIMES = 10
# Of the smaller; of the larger one must do.
ROUNDS = 3
# About what a notice takes of the tree.
BYTES = 125_000


def rows(program: str, total: int, work: pathlib.Path) -> list[Row]:
    """Ten times `total` beside `total`, on the disk and, if it has room, in the work folder."""
    places = [("on the disk", CACHE)]
    if file_system(work) == "tmpfs" and has_room(work, TIMES * total * BYTES):
        places.append(("in memory", work))
    return [row for name, place in places for row in pair(program, total, (name, place))]


def has_room(work: pathlib.Path, needed: int) -> bool:
    """Whether a tree fits into the memory, and what builds it, too."""
    memory = pathlib.Path("/proc/meminfo").read_text()
    available = next(int(line.split()[1]) << 10 for line in memory.splitlines() if line.startswith("MemAvailable"))
    return min(available, shutil.disk_usage(work).free) > needed * 1.5


def pair(program: str, total: int, where: tuple[str, pathlib.Path]) -> list[Row]:
    name, place = where
    with tempfile.TemporaryDirectory(dir=place, prefix=".growth-") as folder:
        small = median([build(program, total, pathlib.Path(folder) / f"small-{turn}") for turn in range(ROUNDS)])
        large = build(program, TIMES * total, pathlib.Path(folder) / "large")
    goals = [
        Goal("processor", large.processor / small.processor, 11, f"× that of {total:,}"),
        Goal("wall", large.wall / small.wall, 11, f"× that of {total:,}"),
        Goal("peak", large.peak / 2**20, 1024, "MiB"),
    ]
    title = lambda number: f"full build of {number:,} notices, {name}"
    return [Row(title(total), small), Row(title(TIMES * total), large, ["one build"], goals)]


def build(program: str, number: int, output: pathlib.Path) -> Cost:
    site = sites.large(program, number)
    for file in site.rglob("*"):
        if file.is_file():
            file.read_bytes()
    return cost([program, "--site", site, *sites.NOW, "build", "--output", output])
