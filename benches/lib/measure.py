"""What a command costs: processor, wall clock and memory.

Processor seconds are those of the command and of all it waited for, in user mode and in the system. Only they, and ratios
of one run, mean something on a machine that others use too.
"""

import os
import pathlib
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass
class Cost:
    """What one command took."""

    wall: float
    user: float
    system: float
    peak: int

    @property
    def processor(self) -> float:
        return self.user + self.system


def cost(command: list, good=(0,), environment=None) -> Cost:
    """Runs a command to its end."""
    words = [str(word) for word in command]
    with open(os.devnull) as nothing, open(os.devnull, "w") as nowhere:
        started = time.monotonic()
        process = subprocess.Popen(words, stdin=nothing, stdout=nowhere, stderr=subprocess.PIPE, env=environment)
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in good:
        sys.exit(f"{' '.join(words)}: {process.returncode}\n{said.decode(errors='replace')[-3000:]}")
    # The system counts the memory of whoever started a command as the command's own: the peak may be this process's.
    return Cost(wall, used.ru_utime, used.ru_stime, used.ru_maxrss * 1024)


def median(costs: list[Cost]) -> Cost:
    """Each figure's own median."""
    middle = lambda name: statistics.median(getattr(cost, name) for cost in costs)
    return Cost(middle("wall"), middle("user"), middle("system"), int(middle("peak")))


def copied(tree: pathlib.Path, places: list[pathlib.Path], discard) -> Cost:
    """What `cp -r` of a tree costs: the cheaper of as many copies as there are places, each discarded before the next. Memory
    that a virtual machine has given back to its host and must get again is dear; whoever happens to be the first to take it is
    no measure for others."""
    runs = []
    for place in places:
        runs.append(cost(["cp", "-r", tree, place]))
        discard(place)
    return min(runs, key=lambda run: run.processor)
