"""A stub agent: answers by finding from a file beside it, in turn, and notes what it was asked.

``answers.json`` maps a finding to its answers, one for each time it is asked; the last one stands
for all further. ``!late`` sleeps, ``!exit`` fails, ``!bytes`` is no text, ``!env`` says what it
sees.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main() -> None:
    """Answer the brief on stdin."""
    home = Path(sys.argv[1])
    brief = json.load(sys.stdin)
    name = brief["finding"]["id"]
    answers = json.loads((home / "answers.json").read_text())[name]
    asked = home / f"asked-{name}"
    before = len(asked.read_text().splitlines()) if asked.exists() else 0
    with asked.open("a") as notes:
        notes.write(json.dumps(brief) + "\n")
    answer = answers[min(before, len(answers) - 1)]
    if answer == "!late":
        time.sleep(30)
    elif answer == "!exit":
        sys.exit("the model is not at home")
    elif answer == "!bytes":
        sys.stdout.buffer.write(b"\xff\xfe\x00")
    elif answer == "!env":
        print(
            json.dumps(
                {
                    "edits": [],
                    "env": sorted(os.environ),
                    "files": [each.name for each in Path().iterdir()],
                }
            )
        )
    else:
        print(answer)


if __name__ == "__main__":
    main()
