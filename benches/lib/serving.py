"""`serve`: how long until the page shows an edit, from the moment the editor has written the file."""

import http.client
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import time

from lib import sites
from lib.corpus import Corpus
from lib.table import Goal, Row

EDITS = 10
PATIENCE = 120


def rows(program: str, total: int, folder: pathlib.Path) -> list[Row]:
    """Ten edits of one draft of a large site."""
    site = folder / "served"
    shutil.copytree(sites.large(program, total), site)
    notice = Corpus(total).notice(total)
    sites.draft(site, notice)
    port = free_port()
    started = time.monotonic()
    command = [program, "--site", site, *sites.NOW, "serve", "--port", str(port)]
    # A log that nobody reads would fill its pipe.
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait(port, notice.id, notice.title.encode())
        start = time.monotonic() - started
        waits = [edit(site, port, notice.id, turn) for turn in range(EDITS)]
    finally:
        server.kill()
        server.wait()
        shutil.rmtree(site)
    shown = Goal("median", 1000 * statistics.median(waits), 100, "ms")
    remarks = [f"slowest {1000 * max(waits):.0f} ms", f"first page after {start:.1f} s"]
    return [Row("`serve`: an edit is shown", None, remarks, [shown])]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def edit(site: pathlib.Path, port: int, identity: str, turn: int) -> float:
    """Seconds from the edit to the page."""
    # Events of the edit before must be over, or this one would share its wait.
    time.sleep(1)
    mark = f"第{turn + 1}次修改（示例）"
    sites.edit(site / "content/drafts" / identity / "index.md", mark)
    started = time.monotonic()
    wait(port, identity, mark.encode())
    return time.monotonic() - started


def wait(port: int, identity: str, mark: bytes) -> None:
    """Until the page of a notice says something."""
    end = time.monotonic() + PATIENCE
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    while time.monotonic() < end:
        try:
            connection.request("GET", f"/n/{identity}/")
            if mark in connection.getresponse().read():
                connection.close()
                return
        except OSError:
            connection.close()
        time.sleep(0.002)
    sys.exit(f"serve: after {PATIENCE} s the page of {identity} does not say “{mark.decode()}”")
