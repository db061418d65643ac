"""Says what of the project is missing in what was built.

`uv run python .ci/contents.py WHEEL SDIST`. The wheel must have every file of the package that is kept in Git, the
source distribution every file that is kept at all, so that the tests run from it.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

_ROOT = Path(__file__).parent.parent
_OF_GIT = {".gitattributes", ".gitignore"}


def main() -> None:
    """Print what is missing, and end with 1 if anything is."""
    wheel, sdist = map(Path, sys.argv[1:])
    listed = subprocess.run(["git", "ls-files"], cwd=_ROOT, capture_output=True, encoding="utf-8", check=True)  # noqa: S607
    kept = set(listed.stdout.splitlines()) - _OF_GIT
    with ZipFile(wheel) as archive:
        in_wheel = set(archive.namelist())
    with tarfile.open(sdist) as archive:
        in_sdist = {name.partition("/")[2] for name in archive.getnames()}
    missing = [f"{wheel.name}: {name}" for name in sorted(kept - in_wheel) if name.startswith("grantcalc/")]
    missing += [f"{sdist.name}: {name}" for name in sorted(kept - in_sdist)]
    print(*missing, sep="\n", end="\n" if missing else "")  # noqa: T201
    sys.exit(bool(missing))


if __name__ == "__main__":
    main()
