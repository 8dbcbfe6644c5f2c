"""Whether ten times the notices take more than ten times as long: full builds of both, by turns."""

import pathlib
import shutil

from lib import sites
from lib.measure import cost, median
from lib.table import Goal, Row

TIMES = 10


def rows(program: str, total: int, folder: pathlib.Path, rounds: int) -> list[Row]:
    """Ten times `total` beside `total`. Where they are built matters to both alike."""
    numbers = (total, TIMES * total)
    costs = {number: [] for number in numbers}
    for turn in range(rounds):
        for number in numbers:
            output = folder / f"grown-{number}-{turn}"
            site = sites.large(program, number)
            costs[number].append(cost([program, "--site", site, *sites.NOW, "build", "--output", output]))
            # The larger would leave no room for another.
            shutil.rmtree(output)
            shutil.rmtree(output.parent / f".{output.name}.jingshi", ignore_errors=True)
    small, large = (median(costs[number]) for number in numbers)
    goals = [
        Goal("processor", large.processor / small.processor, 11, f"× that of {numbers[0]:,}"),
        Goal("wall", large.wall / small.wall, 11, f"× that of {numbers[0]:,}"),
        Goal("peak", large.peak / 2**20, 1024, "MiB"),
    ]
    name = lambda number: f"full build of {number:,} notices"
    return [Row(f"{name(numbers[0])}, for comparison", small), Row(name(numbers[1]), large, [], goals)]
