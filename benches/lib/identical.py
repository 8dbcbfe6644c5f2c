"""Whether the same site is the same bytes, however it is built: on one thread or on all, in one go or in steps."""

import pathlib
import shutil

from lib import sites
from lib.corpus import Corpus
from lib.paths import run
from lib.signing import stamp
from lib.table import Row
from lib.tree import differences, digests, verdict


def rows(program: str, total: int, folder: pathlib.Path) -> list[Row]:
    """Builds the ways and compares every byte with one go on all threads. Rows that say so, or what differs."""
    site = sites.large(program, total)
    build = lambda output, *words: run([program, "--site", site, *sites.NOW, "build", "--output", output, *words])
    build(folder / "one-go")
    whole = digests(folder / "one-go")
    build(folder / "one-thread", "--jobs", "1")
    stepwise(program, total, folder)
    results = []
    for name, what in (("one-thread", "`--jobs 1`"), ("in-steps", f"built {sites.PORTIONS} times while it grew")):
        found = differences(whole, digests(folder / name))
        results.append(Row(f"{what}: the same bytes as in one go", None, [f"{len(whole):,} files", verdict(found)], [], bool(found)))
    for name in ("one-go", "one-thread", "in-steps"):
        shutil.rmtree(folder / name)
        shutil.rmtree(folder / f".{name}.jingshi", ignore_errors=True)
    shutil.rmtree(folder / "grown")
    return results


def stepwise(program: str, total: int, folder: pathlib.Path) -> None:
    """Builds every portion into the same folder at the time at which the site was so far, and the last as in one go."""
    corpus = Corpus(total)
    for number, portion in enumerate(sites.portions(program, total), 1):
        shutil.rmtree(folder / "grown", ignore_errors=True)
        shutil.copytree(portion, folder / "grown")
        last = corpus.released(total * number // sites.PORTIONS)
        clock = sites.NOW if number == sites.PORTIONS else ["--now", stamp(last)]
        run([program, "--site", folder / "grown", *clock, "build", "--output", folder / "in-steps"])
