"""Where the processor's time goes, from samples of stacks."""

import collections
import os
import pathlib
import re
import shutil
import statistics
import sys

from lib import sites
from lib.builds import Bench
from lib.measure import copied, cost, median
from lib.paths import TARGET, release_program, run
from lib.shared import built
from lib.signing import stamp

FREQUENCY = 1500
# How a program is built whose frames and libraries can be told apart.
PARTS = {"LTO": "off", "CODEGEN_UNITS": "16", "STRIP": "none"}
TELLING = {f"CARGO_PROFILE_{profile}_{key}": value for profile in ("RELEASE", "BENCH") for key, value in PARTS.items()}
TELLING |= {"CARGO_TARGET_DIR": str(TARGET / "apart"), "RUSTFLAGS": "-C force-frame-pointers=yes"}
KERNEL = "the kernel"
MEMORY = "taking and giving back memory"
OWN = "the program's own code"
# A frame's crate, as the name of the symbol says it; of the innermost such frame is what runs, copies and compares, too.
LIBRARIES = {
    "SHA-256 (`sha2`)": ["sha2"],
    "templates (`tera`)": ["tera"],
    "YAML (`granit-parser` of `serde-saphyr`)": ["granit_parser", "serde_saphyr"],
    "Markdown (`pulldown-cmark`)": ["pulldown_cmark", "pulldown_cmark_escape"],
    "JSON, XML, CSV (`serde_json`, `quick-xml`, `csv`)": ["serde_json", "quick_xml", "csv"],
    "QR codes (`qrcodegen`)": ["qrcodegen"],
    "maps (`hashbrown`, `indexmap`)": ["hashbrown", "indexmap"],
    "other libraries": ["rayon", "rayon_core", "postcard", "chrono", "unicode_normalization", "crc32fast", "walkdir", "percent_encoding"],
    OWN: ["jingshi", "peers"],
}
CRATES = {crate: name for name, crates in LIBRARIES.items() for crate in crates}
ROWS = [KERNEL, *list(LIBRARIES)[:-1], MEMORY, OWN]
ENTERS = re.compile(r"entry_SYSCALL|asm_exc_|asm_sysvec|asm_common_interrupt")
ALLOCATES = re.compile(r"malloc|_int_free|cfree|realloc|unlink_chunk|tcache|sysmalloc|systrim")
# `<tera::value::Value as core::fmt::Display>::fmt` and `tera::tera::Tera::render` begin with their crate.
BEGINS = re.compile(r"^(?:<(?:&(?:mut )?|\*(?:mut|const) )?|impl )?(\w+)::")
INSIDE = re.compile(r"(\w+)::")


def table(total: int, folder: pathlib.Path) -> str:
    """The shares of three builds, and what each is beside `cp -r` of what it made."""
    program, maker = release_program(), built()
    telling, telling_maker = release_program(TELLING), built(TELLING)
    site = sites.large(program, total)
    whole = lambda program: [program, "--site", site, *sites.NOW, "build", "--output"]
    columns = {
        "full build": (beside(whole(program), [], folder), shares([*whole(telling), folder / "tree"], folder)),
        "what others make too": (
            beside([maker, site], sites.NOW[1:], folder), shares([telling_maker, site, folder / "tree", sites.NOW[1]], folder)),
        "one edit": edited(program, telling, total, folder),
    }
    head = ["| of the processor's time, in % | " + " | ".join(columns) + " |", "|---|" + "--:|" * len(columns)]
    line = lambda what, values: f"| {what} | {' | '.join(values)} |"
    body = [line(row, [f"{share.get(row, 0):.1f}" for _, share in columns.values()]) for row in ROWS]
    times = lambda value, share: f"{value * share / 100:.1f} ×"
    own = [times(value, 100 - share.get(OWN, 0)) for value, share in columns.values()]
    least = [times(value, share.get(KERNEL, 0) + share.get(ROWS[1], 0)) for value, share in columns.values()]
    foot = [
        line("all of it, beside `cp -r` of what it made", [times(value, 100) for value, _ in columns.values()]),
        line("without the program's own code", own),
        line("the kernel and SHA-256 alone", least),
    ]
    return "\n".join(head + body + foot)


def beside(command: list, rest: list, folder: pathlib.Path) -> float:
    """How many times the processor's time of `cp -r` of the result a build takes: the middle one of three."""
    ratios = []
    for _ in range(3):
        took = cost([*command, folder / "tree", *rest]).processor
        ratios.append(took / copy_of(folder / "tree", folder))
        clear(folder)
    return statistics.median(ratios)


def copy_of(tree: pathlib.Path, folder: pathlib.Path) -> float:
    """What `cp -r` of a tree takes of the processor."""
    return copied(tree, [folder / "copy"] * 2, shutil.rmtree).processor


def edited(program: str, telling: str, total: int, folder: pathlib.Path) -> tuple[float, dict[str, float]]:
    """Of a notice that is edited in a site that was built and edited before."""
    (folder / "edited").mkdir()
    bench, output = Bench(program, total, folder / "edited"), folder / "edited" / "tree"
    bench.build("everything", output)
    copy = copy_of(output, folder)
    for turn in range(4):
        bench.correct(turn)
        bench.build("an edit", output)
    bench.correct(4)
    command = [telling, "--site", bench.site, "--now", stamp(bench.moment()), "build", "--output", output]
    share = shares(command, folder)
    clear(folder)
    # The first edits what nothing was remembered of.
    return median(bench.costs["an edit"][1:]).processor / copy, share


def shares(command: list, folder: pathlib.Path) -> dict[str, float]:
    """What part of the samples of a command each has, in per cent."""
    data = folder / "samples"
    record = ["perf", "record", "-q", "-F", FREQUENCY, "--call-graph", "fp", "-o", data, "--", *command]
    run(record, {**os.environ, "RAYON_NUM_THREADS": "1"})
    said = run(["perf", "script", "-i", data, "-F", "ip,sym"])
    clear(folder)
    stacks = [[line.split(None, 1)[1] for line in stack.splitlines() if len(line.split(None, 1)) == 2]
              for stack in said.split("\n\n")]
    counts = collections.Counter(whose(stack) for stack in stacks if stack)
    if counts[KERNEL] == 0:
        sys.exit("perf does not see the kernel: run as root, or lower kernel.perf_event_paranoid")
    return {name: 100 * count / counts.total() for name, count in counts.items()}


def whose(stack: list[str]) -> str:
    """Who runs, the innermost frame first."""
    if any(ENTERS.search(frame) for frame in stack):
        return KERNEL
    if ALLOCATES.search(stack[0]):
        return MEMORY
    for frame in stack:
        begins = BEGINS.match(frame)
        crates = ([begins[1]] if begins else []) + (INSIDE.findall(frame) if "<" in frame else [])
        for crate in crates:
            if crate in CRATES:
                return CRATES[crate]
    return "other libraries"


def clear(folder: pathlib.Path) -> None:
    for name in ("tree", ".tree.jingshi", "edited"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "samples").unlink(missing_ok=True)
