"""The rows of the builds, with what issue and peers ask of them."""

from lib.builds import Bench
from lib.measure import Cost, median
from lib.table import Goal, Row
from lib.tree import verdict


def rows(bench: Bench) -> list[Row]:
    costs = {name: median(runs) for name, runs in bench.costs.items()}
    stale = Row("after these: the same bytes as built from nothing", None, [verdict(bench.stale)], [], bool(bench.stale))
    return full(bench, costs) + changes(costs) + [stale] + others(bench, costs) + kinds(bench)


def full(bench: Bench, costs: dict[str, Cost]) -> list[Row]:
    copy, build = costs["copy"], costs["everything"]
    processor, wall = build.processor / copy.processor, build.wall / copy.wall
    goals = [Goal("processor", processor, 3, "× `cp -r`"), Goal("peak", build.peak / 1e6, 250, "MB")]
    number, size = bench.weights["everything"]
    return [
        Row("`cp -r` of the tree (everything)", copy, [f"{number:,} files", f"{size / 1e6:,.0f} MB"]),
        Row("full build, everything", build, [f"wall {wall:.2f} × `cp -r`"], goals),
    ]


def changes(costs: dict[str, Cost]) -> list[Row]:
    """Of the full build, so much at most."""
    limits = [
        ("nothing new, first", "nothing changed, first after the full build", 1 / 20),
        ("nothing new", "nothing changed", 1 / 20),
        ("one edit", "one notice edited and signed anew", 1 / 10),
        ("one more", "one notice more", 1 / 10),
        ("theme", "another template of all pages", None),
    ]
    rows = []
    for key, words, limit in limits:
        cost, whole = costs[key], costs["everything"]
        parts = (("processor", cost.processor / whole.processor), ("wall", cost.wall / whole.wall))
        if limit:
            rows.append(Row(words, cost, [], [Goal(name, part, limit, "of the full build") for name, part in parts]))
        else:
            rows.append(Row(words, cost, [f"{name} {part:.2f} of the full build" for name, part in parts]))
    return rows


def others(bench: Bench, costs: dict[str, Cost]) -> list[Row]:
    """Hugo and Zola. What everything takes is told, too: they make a part of it."""
    rows = []
    for name in bench.peers:
        number, size = bench.weights[name]
        ratio = costs[name].processor / costs["everything"].processor
        remarks = [f"{number:,} files", f"{size / 1e6:,.0f} MB", f"processor {ratio:.1f} × that of everything"]
        rows.append(Row(f"the same notices by {name}", costs[name], remarks))
    return rows


def kinds(bench: Bench) -> list[Row]:
    whole = sum(size for _, size in bench.shares.values())
    shown = [f"{kind}: {number:,} files, {size / 1e6:,.0f} MB ({size / whole:.0%})" for kind, (number, size) in bench.shares.items()]
    return [Row("what the tree is made of", None, shown)]
