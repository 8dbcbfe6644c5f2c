#!/usr/bin/env python3
"""Signs the sample content anew, with the program itself, after its notices were edited.

Usage: scripts/sign-sample.py BUNDLES PLAN SITE

BUNDLES/<id>/v<k>/ holds every version without sign-offs; PLAN is a CSV `id,version,first,second,third` in order of
publication, with the times of the three sign-offs; SITE is a folder with `site.yaml` and `content/pages`. `content/notices`,
`content/archive` and `content/ledger.csv` of SITE are made anew. Drafts are left alone.
"""
import csv
import pathlib
import shutil
import subprocess
import sys

STAGES = [("初审", "初审岗（示例）"), ("复审", "复审岗（示例）"), ("终审", "终审岗（示例）")]


def main(bundles: pathlib.Path, plan: pathlib.Path, site: pathlib.Path) -> None:
    content = site / "content"
    for name in ["notices", "archive"]:
        shutil.rmtree(content / name, ignore_errors=True)
    (content / "ledger.csv").unlink(missing_ok=True)
    for row in csv.DictReader(plan.open(encoding="utf-8")):
        draft = content / "drafts" / row["id"]
        shutil.copytree(bundles / row["id"] / f"v{row['version']}", draft)
        for (stage, person), time in zip(STAGES, [row["first"], row["second"], row["third"]]):
            sign(site, stage, person, time, row["id"])


def sign(site: pathlib.Path, stage: str, person: str, time: str, notice: str) -> None:
    command = ["cargo", "run", "--quiet", "--locked", "--", "--site", site, "review", "sign", "--stage", stage, "--by", person, "--at", time, notice]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:4]))
