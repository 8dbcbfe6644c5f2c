"""How long the program takes to start, beside the smallest program there is."""

import pathlib
import statistics

from lib.measure import cost
from lib.table import Goal, Row

COMMANDS = {"/bin/true": [], "jingshi --version": ["--version"], "jingshi explain yaml-quote": ["explain", "yaml-quote"]}
TIMES = 50


def rows(program: str) -> list[Row]:
    """Each by turns, fifty times."""
    costs = {name: [] for name in COMMANDS}
    for _ in range(TIMES):
        for name, words in COMMANDS.items():
            costs[name].append(cost([program, *words] if words else [name]))
    rows = []
    for name, runs in costs.items():
        milliseconds = 1000 * statistics.median(run.wall for run in runs)
        goals = [Goal("wall", milliseconds, 10, "ms")] if COMMANDS[name] else []
        rows.append(Row(f"start of `{name}`", None, [] if goals else [f"{milliseconds:.2f} ms"], goals))
    size = pathlib.Path(program).stat().st_size / 1e6
    return [*rows, Row("size of the program", None, [], [Goal("size", size, 25, "MB")])]
