"""Where things are, and the program as users have it."""

import hashlib
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
CACHE = TARGET / "bench"


def release_program(settings: dict[str, str] = {}) -> str:
    """Builds the program as users have it, but for these variables of the environment."""
    environment = {"CARGO_TARGET_DIR": str(TARGET), **os.environ, **settings}
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=ROOT, check=True, env=environment)
    return str(pathlib.Path(environment["CARGO_TARGET_DIR"]).resolve() / "release" / "jingshi")


def run(command: list, environment: dict[str, str] | None = None) -> str:
    """Runs a command that must succeed; what it prints."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, errors="replace", env=environment)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout[-1000:]}{done.stderr[-4000:]}")
    return done.stdout


def file_system(folder: pathlib.Path) -> str:
    """What kind it is: tmpfs, ext4."""
    return run(["df", "--output=fstype", folder]).split()[1]


def fingerprint(*paths: pathlib.Path) -> str:
    """Of what a generated site is made from."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted([path] if path.is_file() else path.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]
