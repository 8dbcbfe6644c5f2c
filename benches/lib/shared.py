"""What other generators make too, alone: the same site built without all else, beside `cp -r` of that, Hugo and Zola."""

import collections
import json
import os
import pathlib
import shutil
import subprocess

from lib import peers, sites
from lib.corpus import Corpus
from lib.measure import Cost, copied, cost, median
from lib.paths import ROOT, run
from lib.table import Goal, Row
from lib.tree import weight

# How many times less processor than the other programs.
LESS = {"hugo": 8, "zola": 12}


def rows(program: str, total: int, rounds: int, folder: pathlib.Path) -> list[Row]:
    """By turns, each from nothing into a folder that is not there."""
    builder = built()
    site = sites.large(program, total)
    others = invited(program, total, site, folder)
    costs: dict[str, list[Cost]] = collections.defaultdict(list)
    weights: dict[str, tuple[int, int]] = {}
    for _ in range(rounds):
        output, copy = folder / "output", folder / "copy"
        costs["build"].append(cost([builder, site, output, sites.NOW[1]]))
        costs["copy"].append(copied(output, [copy, copy], shutil.rmtree))
        weights["build"] = weight(output)
        for tree in (output, folder / ".output.jingshi"):
            shutil.rmtree(tree)
        for name, peer in others.items():
            costs[name].append(cost(peer.build(folder / f"{name}-site", output)))
            weights[name] = weight(output)
            shutil.rmtree(output)
    return table({name: median(runs) for name, runs in costs.items()}, weights, others)


def built(settings: dict[str, str] = {}) -> str:
    """The program that makes only that, as optimised as what users have, but for these variables of the environment."""
    command = ["cargo", "bench", "--locked", "--quiet", "--bench", "peers", "--no-run", "--message-format=json"]
    environment = {**os.environ, **settings}
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, env=environment).stdout
    artifacts = (json.loads(line) for line in said.splitlines() if line.startswith("{"))
    return next(a["executable"] for a in artifacts if a.get("executable") and a["target"]["name"] == "peers")


def invited(program: str, total: int, site: pathlib.Path, folder: pathlib.Path) -> dict[str, peers.Peer]:
    """The other programs, each with its site; whole open data says the terms."""
    whole = folder / "whole"
    run([program, "--site", site, *sites.NOW, "build", "--output", whole])
    found = peers.found(total)
    for name, peer in found.items():
        peers.make(peer, Corpus(total), whole, folder / f"{name}-site")
    for tree in (whole, folder / ".whole.jingshi"):
        shutil.rmtree(tree)
    return found


def table(costs: dict[str, Cost], weights: dict[str, tuple[int, int]], others: dict[str, peers.Peer]) -> list[Row]:
    build, copy = costs["build"], costs["copy"]
    weighed = lambda name: [f"{weights[name][0]:,} files", f"{weights[name][1] / 1e6:,.0f} MB"]
    goals = [
        Goal("processor", build.processor / copy.processor, 2, "× `cp -r`"),
        Goal("wall", build.wall / copy.wall, 1.5, "× `cp -r`"),
        Goal("peak", build.peak / 1e6, 150, "MB"),
    ]
    goals += [Goal("processor", build.processor / costs[name].processor, 1 / LESS[peer.kind], f"of {name}")
              for name, peer in others.items()]
    rows = [
        Row("`cp -r` of what others make too", copy, weighed("build")),
        Row("full build of what others make too", build, ["by this checkout"], goals),
    ]
    for name in others:
        ratio = costs[name].processor / build.processor
        rows.append(Row(f"the same by {name}", costs[name], [*weighed(name), f"processor {ratio:.1f} × that of this program"]))
    return rows
