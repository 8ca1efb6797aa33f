"""Ask pip-audit whether the locked packages have known weaknesses; say so where it cannot be asked.

    python .ci/audit.py

It exits with 1 where one is known. Where pip-audit cannot be installed, or no index answers for
any package, the check is not run, and that is what is said.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
SECONDS = 300


def main() -> int:
    """Print one line, and a line for each weakness; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        programs = Path(folder) / "bin"
        try:
            install = [str(programs / "pip"), "install", "--quiet", "pip-audit"]
            subprocess.run(install, check=True, capture_output=True, timeout=SECONDS)
            ask = [str(programs / "pip-audit"), "--require-hashes", "--disable-pip"]
            ask += ["--format", "json", "--progress-spinner", "off", "-r", str(LOCK)]
            done = subprocess.run(ask, check=False, capture_output=True, timeout=SECONDS)
            packages = json.loads(done.stdout)["dependencies"]
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            print(f"pip-audit: not run: {type(error).__name__}: {error}"[:300])
            return 0
    return report(packages)


def report(packages: list[dict[str, Any]]) -> int:
    """Print what is known of ``packages``, as pip-audit tells it; return the exit code."""
    asked = [each for each in packages if "skip_reason" not in each]
    if not asked:
        print(f"pip-audit: not run: no index answers for any of {len(packages)} packages")
        return 0
    weak = [each for each in asked if each["vulns"]]
    left = f", {len(packages) - len(asked)} not answered for" if len(asked) < len(packages) else ""
    print(f"pip-audit: {len(asked)} packages asked about{left}, {len(weak)} with known weaknesses")
    for each in weak:
        ids = ", ".join(f"{one['id']} (fixed in {one['fix_versions']})" for one in each["vulns"])
        print(f"  {each['name']} {each['version']}: {ids}")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main())
