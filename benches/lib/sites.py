"""A large site: notices from `corpus`, signed; three in a hundred corrected or withdrawn by the program itself.

Made once and kept below the target folder, under a name that changes with all that it is made of.
"""

import datetime
import os
import pathlib
import shutil
import sys
import tempfile

from lib.corpus import Corpus
from lib.paths import CACHE, ROOT, fingerprint, run
from lib.signing import PEOPLE, STAGES, Ledger, signed, stamp

NOW = ["--now", "2026-06-01T09:00:00+08:00"]
# In so many rounds it is published. After each the program signs changes, for which it composes the site anew.
ROUNDS = 10
# Three in ninety; those of the last round stay as they are, so of all it is three in a hundred. One of the three is withdrawn.
CHANGED, WITHDRAWN = 90, 67
# At so many points of its life the site is kept as it was.
PORTIONS = 5
MADE_FROM = ["benches/lib/corpus.py", "benches/lib/pictures.py", "benches/lib/signing.py", "benches/lib/sites.py",
             "tests/fixtures/corpus", "src/standards/standards.csv", "site.yaml"]


def large(program: str, total: int) -> pathlib.Path:
    """The site of this many notices; nobody may change it."""
    return portions(program, total)[-1]


def portions(program: str, total: int) -> list[pathlib.Path]:
    """The same site when it had a fifth of them, two fifths, and so on."""
    kept = CACHE / f"site-{total}-{fingerprint(*(ROOT / path for path in MADE_FROM))}"
    if not kept.is_dir():
        print(f"making a site of {total:,} notices in {kept}", file=sys.stderr)
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE, prefix=".making-") as folder:
            making = pathlib.Path(folder) / "portions"
            site = empty(program, making / str(PORTIONS))
            corpus = Corpus(total)
            for turn in range(ROUNDS):
                grow(program, site, corpus, turn)
                portion, rest = divmod((turn + 1) * PORTIONS, ROUNDS)
                if rest == 0 and portion < PORTIONS:
                    # What the program or `replace` writes later is another file, and this one stays.
                    shutil.copytree(site, making / str(portion), copy_function=os.link)
            run([program, "--site", site, *NOW, "review", "verify"])
            making.rename(kept)
    return [kept / str(portion) for portion in range(1, PORTIONS + 1)]


def empty(program: str, site: pathlib.Path) -> pathlib.Path:
    """A site without notices, with the configuration of the sample."""
    site.parent.mkdir(parents=True, exist_ok=True)
    run([program, "init", site])
    shutil.copy(ROOT / "site.yaml", site)
    return site


def grow(program: str, site: pathlib.Path, corpus: Corpus, turn: int) -> None:
    """The publications of one round, then corrections and withdrawals of those of the round before."""
    before, start, end = (corpus.total * max(part, 0) // ROUNDS for part in (turn - 1, turn, turn + 1))
    publish(site, (corpus.notice(number) for number in range(start, end)))
    changed = [number for number in range(before, start) if number % CHANGED in (7, 37, WITHDRAWN)]
    if not changed:
        return
    last = corpus.released(end - 1)
    for number in changed:
        revise(program, site, last, (corpus.id(number), number % CHANGED == WITHDRAWN))
    sign(program, site, last)


def revise(program: str, site: pathlib.Path, now: datetime.datetime, what: tuple[str, bool]) -> None:
    """The draft of a withdrawal, or of a correction with a paragraph more."""
    identity, is_withdrawn = what
    command = [program, "--site", site, "--now", stamp(now)]
    if is_withdrawn:
        run([*command, "withdraw", identity, "--reason", "经复核，抽样记录与样品对不上，本信息作废（示例）"])
    else:
        run([*command, "revise", identity, "--what", "补充一条自查办法", "--why", "有读者来电询问（示例）"])
        edit(site / "content/drafts" / identity / "index.md", "补充：请同时核对包装上的执行标准。")


def publish(site: pathlib.Path, notices) -> None:
    """Puts first versions among what is public, with their sign-offs and their rows of the ledger."""
    path = site / "content/ledger.csv"
    ledger = Ledger(path.read_text(encoding="utf-8") if path.exists() else "")
    for notice in notices:
        folder = site / "content/notices" / notice.id
        text, digest, seal = signed(notice.text(), notice.files, notice.id, notice.released)
        write(folder, text, notice.files)
        ledger.append(notice, digest, seal)
    replace(path, str(ledger))


def draft(site: pathlib.Path, notice) -> None:
    """Puts a notice among the drafts."""
    write(site / "content/drafts" / notice.id, notice.text(), notice.files)


def write(folder: pathlib.Path, text: str, files: dict) -> None:
    folder.mkdir(parents=True)
    (folder / "index.md").write_text(text, encoding="utf-8")
    for name, content in files.items():
        (folder / name).write_bytes(content)


def edit(index: pathlib.Path, paragraph: str) -> None:
    """Adds a paragraph."""
    replace(index, f"{index.read_text(encoding='utf-8')}\n{paragraph}\n")


def replace(path: pathlib.Path, text: str) -> None:
    """Writes another file in its place, as editors do."""
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


def sign(program: str, site: pathlib.Path, after: datetime.datetime) -> None:
    """All drafts through all stages by the program, within a minute: in the largest sites the next notice soon follows."""
    for turn, (stage, person) in enumerate(zip(STAGES, PEOPLE), 1):
        at = stamp(after + datetime.timedelta(seconds=15 * turn))
        run([program, "--site", site, "--now", at, "review", "sign", "--stage", stage, "--by", person, "content/drafts"])
