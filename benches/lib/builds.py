"""Builds of a large site, each measured: from nothing, of nothing new, of one edit, of one new notice, of another look; beside
them `cp -r` of what was built, and the same site built by Hugo and Zola.

By turns, so that what else the machine does falls on all alike; each from nothing goes into a folder of its own, since a file
system is slow where much was deleted.
"""

import collections
import datetime
import pathlib
import shutil
import sys

from lib import peers, sites
from lib.corpus import Corpus
from lib.measure import Cost, copied, cost
from lib.paths import ROOT, file_system, run
from lib.signing import stamp
from lib.tree import differences, digests, shares, weight

TEMPLATE = "themes/default/templates/base.html"


class Bench:
    """A copy of a site that may be changed, folders to build into, and what it cost."""

    def __init__(self, program: str, total: int, folder: pathlib.Path):
        self.program, self.folder = program, folder
        self.corpus, self.number = Corpus(total), total
        self.site = folder / "site"
        shutil.copytree(sites.large(program, total), self.site)
        self.hours = 0
        self.costs: dict[str, list[Cost]] = collections.defaultdict(list)
        self.weights: dict[str, tuple[int, int]] = {}
        self.shares: dict[str, tuple[int, int]] = {}
        self.peers: dict[str, peers.Peer] = {}
        self.stale: list[str] = []

    def moment(self) -> datetime.datetime:
        """The clock, which goes on by an hour with every change."""
        return datetime.datetime(2026, 6, 1, 9) + datetime.timedelta(hours=self.hours)

    def build(self, what: str, output: pathlib.Path, *options: str) -> None:
        command = [self.program, "--site", self.site, "--now", stamp(self.moment()), "build", "--output", output, *options]
        self.costs[what].append(cost(command))

    def round(self, turn: int) -> None:
        """Everything once."""
        output = self.folder / f"everything-{turn}"
        self.build("everything", output)
        self.copy(output, turn)
        self.changes(output, turn)
        if turn == 0:
            self.shares = shares(output)
            self.invite(output)
        self.discard(output, output.parent / f".{output.name}.jingshi")
        for name, peer in self.peers.items():
            output = self.folder / f"{name}-{turn}"
            self.costs[name].append(cost(peer.build(self.folder / f"{name}-site", output)))
            self.weights[name] = weight(output)
            self.discard(output)
        latest = (f"{name} {costs[-1].processor:.2f} s" for name, costs in self.costs.items())
        print(f"round {turn + 1}: {', '.join(latest)}", file=sys.stderr)

    def copy(self, output: pathlib.Path, turn: int) -> None:
        places = [self.folder / f"copy-{turn}-{again}" for again in range(2)]
        self.costs["copy"].append(copied(output, places, self.discard))
        self.weights["everything"] = weight(output)

    def changes(self, output: pathlib.Path, turn: int) -> None:
        """Builds on top of one that is there."""
        # The first after a build from nothing has no tree aside that it could go on from.
        self.build("nothing new, first", output)
        self.build("nothing new", output)
        self.correct(turn)
        self.build("one edit", output)
        self.add()
        self.build("one more", output)
        if turn == 0:
            self.compare(output)
        self.restyle(turn)
        self.build("theme", output)
        (self.site / TEMPLATE).unlink()

    def compare(self, output: pathlib.Path) -> None:
        """What was built on top of earlier builds, with what is built from nothing."""
        fresh = self.folder / "fresh"
        run([self.program, "--site", self.site, "--now", stamp(self.moment()), "build", "--output", fresh])
        self.stale = differences(digests(fresh), digests(output))
        self.discard(fresh)

    def correct(self, turn: int) -> None:
        """One notice, edited and signed anew by the program."""
        self.hours += 1
        total = self.corpus.total
        first = total // 2 + turn * 101
        candidates = (self.corpus.id(number % total) for number in range(first, first + total))
        identity = next(filter(self.is_plain, candidates))
        sites.revise(self.program, self.site, self.moment(), (identity, False))
        self.sign()

    def is_plain(self, identity: str) -> bool:
        """Whether nothing was corrected or withdrawn in it."""
        return not (self.site / "content/archive" / identity).exists()

    def add(self) -> None:
        """One notice more, signed by the program."""
        self.hours += 1
        sites.draft(self.site, self.corpus.notice(self.number))
        self.number += 1
        self.sign()

    def sign(self) -> None:
        sites.sign(self.program, self.site, self.moment() - datetime.timedelta(minutes=30))

    def restyle(self, turn: int) -> None:
        """Another look of every page: the site's own copy of the template around them."""
        text = (ROOT / TEMPLATE).read_text(encoding="utf-8")
        (self.site / TEMPLATE).parent.mkdir(parents=True, exist_ok=True)
        (self.site / TEMPLATE).write_text(text.replace("</body>", f"<!-- {turn} -->\n</body>"), encoding="utf-8")

    def invite(self, tree: pathlib.Path) -> None:
        """Makes the sites of the other programs."""
        for name, peer in peers.found(self.corpus.total).items():
            peers.make(peer, self.corpus, tree, self.folder / f"{name}-site")
            self.peers[name] = peer

    def discard(self, *trees: pathlib.Path) -> None:
        """Room is short in memory; on a disk nothing is deleted before the end."""
        if file_system(self.folder) == "tmpfs":
            for tree in filter(pathlib.Path.exists, trees):
                shutil.rmtree(tree)
