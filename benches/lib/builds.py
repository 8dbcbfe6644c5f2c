"""Builds of a large site, each measured: from nothing, of nothing new, of one edit, of one new notice, of another look.

By turns, so that what else the machine does falls on all alike; each from nothing goes into a folder of its own, since a file
system is slow where much was deleted.
"""

import collections
import datetime
import pathlib
import shutil

from lib import sites
from lib.corpus import Corpus
from lib.measure import Cost, cost
from lib.paths import ROOT, run
from lib.signing import stamp

TEMPLATE = "themes/default/templates/base.html"


class Bench:
    """A copy of a site that may be changed, and folders to build into."""

    def __init__(self, program: str, total: int, folder: pathlib.Path):
        self.program, self.folder = program, folder
        self.corpus, self.number = Corpus(total), total
        self.site = folder / "site"
        shutil.copytree(sites.large(program, total), self.site)
        self.hours = 0
        self.costs: dict[str, list[Cost]] = collections.defaultdict(list)

    def moment(self) -> datetime.datetime:
        """The clock, which goes on by an hour with every change."""
        return datetime.datetime(2026, 6, 1, 9) + datetime.timedelta(hours=self.hours)

    def build(self, what: str, output: pathlib.Path) -> None:
        command = [self.program, "--site", self.site, "--now", stamp(self.moment()), "build", "--output", output]
        self.costs[what].append(cost(command))

    def round(self, turn: int) -> pathlib.Path:
        """Everything once; the tree that was built."""
        output, copy = self.folder / f"public-{turn}", self.folder / f"copy-{turn}"
        self.build("full", output)
        self.costs["copy"].append(cost(["cp", "-r", output, copy]))
        self.discard(copy)
        # The first after a build from nothing has no tree aside that it could go on from.
        self.build("unchanged first", output)
        self.build("unchanged", output)
        self.correct(turn)
        self.build("edit", output)
        self.add()
        self.build("new", output)
        self.restyle(turn)
        self.build("theme", output)
        (self.site / TEMPLATE).unlink()
        return output

    def correct(self, turn: int) -> None:
        """One notice, edited and signed anew by the program."""
        self.hours += 1
        identity = self.corpus.id(self.number // 2 + turn * 101 + 1)
        clock = ["--now", stamp(self.moment())]
        run([self.program, "--site", self.site, *clock, "revise", identity, "--what", "补充一段", "--why", "有人来问（示例）"])
        sites.edit(self.site / "content/drafts" / identity / "index.md", f"补充第{turn + 1}条说明（示例）。")
        self.sign()

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

    def discard(self, tree: pathlib.Path) -> None:
        """Room is short in memory; on a disk nothing is deleted before the end."""
        if in_memory(self.folder):
            shutil.rmtree(tree)


def in_memory(folder: pathlib.Path) -> bool:
    return run(["stat", "--file-system", "--format=%T", folder]).strip() == "tmpfs"
