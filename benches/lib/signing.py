"""Sign-offs and rows of the ledger, written as the program writes them (src/review): a hundred thousand in seconds.

In: a notice without them, and the ledger's last row. Out: its `index.md`, and the next row. The program reads both with
suspicion: a byte that it would not have written is an error of the build.
"""

import datetime
import hashlib

STAGES = ["初审", "复审", "终审"]
PEOPLE = [f"{stage}岗（示例）" for stage in STAGES]
HEAD = "seq,time,id,version,event,title,digest,signoffs,prev,hash"


def stamp(moment: datetime.datetime) -> str:
    return f"{moment.isoformat(timespec='seconds')}+08:00"


def sha256(text) -> str:
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


def times(released: datetime.datetime) -> list[str]:
    """One stage a day, the last when it is released."""
    return [stamp(released - datetime.timedelta(days=ago, minutes=17 * ago)) for ago in (2, 1, 0)]


def signed(text: str, files: dict, identity: str, released: datetime.datetime) -> tuple[str, str, str]:
    """`index.md` with the sign-offs of all stages, its digest, and the seal of the sign-offs."""
    listing = "".join(f"\n{name}\0{sha256(files[name])}" for name in sorted(files))
    digest = sha256(f"jingshi-notice-v1\n{text}{listing}")
    block, seal = "review:\n", "jingshi-signoffs-v1\n"
    for stage, person, at in zip(STAGES, PEOPLE, times(released)):
        block += f"  - stage: {stage}\n    by: {person}\n    at: {at}\n    digest: {digest}\n"
        seal += f"jingshi-signoff-v1\nid: {identity}\nversion: 1\nstage: {stage}\nby: {person}\nat: {at}\ndigest: {digest}\n-\n"
    head, body = text.split("\n---\n", 1)
    return f"{head}\n{block}---\n{body}", digest, sha256(seal)


class Ledger:
    """The rows of first publications, after those that are there."""

    def __init__(self, text: str):
        rows = text.lstrip("\ufeff").splitlines()
        self.last = rows[-1].rsplit(",", 1)[1] if len(rows) > 1 else sha256("")
        self.seq = max(0, len(rows) - 1)
        self.text = text or f"\ufeff{HEAD}\n"
        self.rows = []

    def append(self, notice, digest: str, seal: str) -> None:
        self.seq += 1
        fields = [str(self.seq), stamp(notice.released), notice.id, "1", "发布", notice.title, digest, seal, self.last]
        self.last = sha256("jingshi-ledger-v1\n" + "".join(f"{value}\n" for value in fields))
        self.rows.append(",".join([*fields, self.last]) + "\n")

    def __str__(self) -> str:
        return self.text + "".join(self.rows)
