#!/usr/bin/env python3
"""Signs the sample content anew, with the program itself, after its notices were edited in place.

Usage: scripts/sign-sample.py [SITE]      default: this repository

Every version in `content/notices`, `content/archive` and `content/drafts` is signed again by the same people at the same
times over its present text, in the order of time; `content/ledger.csv` is made anew. Then remove `public/`, whose
manifest knows the ledger before.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SIGN_OFF = re.compile(r"  - stage: (.+)\n    by: (.+)\n    at: (.+)\n    digest: .+\n")


MADE_ANEW = ["notices", "archive", "drafts", "ledger.csv"]


def main(site: pathlib.Path) -> None:
    with tempfile.TemporaryDirectory(dir=site, prefix=".signing-") as folder:
        # The work is done in a copy: until all of it is signed, nothing of the site changes.
        folder = pathlib.Path(folder)
        copy = folder / "site"
        shutil.copytree(site / "content", copy / "content", ignore=shutil.ignore_patterns(*MADE_ANEW))
        shutil.copy(site / "site.yaml", copy)
        versions = [take(path, folder) for path in sorted((site / "content").glob("*/*/**/index.md"))]
        # In the order of time, whatever the notice: two may have been signed side by side.
        signings = [(sign_off[2], sign_off, version) for version in versions for sign_off in version[2]]
        for _, (stage, person, time), (identity, unsigned, sign_offs) in sorted(signings, key=lambda signing: signing[0]):
            if (stage, person, time) == sign_offs[0]:
                shutil.copytree(unsigned, copy / "content/drafts" / identity)
            sign(copy, stage, person, time, identity)
        for identity, unsigned, sign_offs in versions:
            if not sign_offs:
                shutil.copytree(unsigned, copy / "content/drafts" / identity)
        (copy / "content/drafts/.gitkeep").touch()
        for name in MADE_ANEW:
            (site / "content" / name).rename(folder / f"old-{name}")
            (copy / "content" / name).rename(site / "content" / name)


def take(index: pathlib.Path, folder: pathlib.Path) -> tuple:
    """A version without its sign-offs, and the sign-offs it had."""
    parts = index.parts[index.parts.index("content") + 1 : -1]
    unsigned = folder / "-".join(parts)
    shutil.copytree(index.parent, unsigned)
    text = index.read_text(encoding="utf-8")
    head, separator, review = text.partition("\nreview:\n")
    if separator:
        block, fence, body = review.partition("---\n")
        (unsigned / "index.md").write_text(f"{head}\n{fence}{body}", encoding="utf-8")
        sign_offs = SIGN_OFF.findall(block)
    else:
        sign_offs = []
    return parts[1], unsigned, sign_offs


def sign(site: pathlib.Path, stage: str, person: str, time: str, notice: str) -> None:
    command = ["cargo", "run", "--quiet", "--locked", "--", "--site", site, "review", "sign", "--stage", stage, "--by", person, "--at", time, notice]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{notice}: {done.stderr}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT)
