"""How Mendbook's priorities and hours compare with those a team really gave.

    python benchmarks/priorities.py --repo DIR FOLDER…

Each folder holds one ``audit-*.json``, and the ``remediation-*.json`` that was made of it by hand.
The priorities are computed on the audit's commit, without profiles, and set against the plain table
CRITICAL and HIGH to P0, MEDIUM to P1, LOW to P2, INFO to P3. Nothing is fitted to the outcome: the
tree is the default policy's.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from mendbook import effort, intake, prioritize, repository
from mendbook.code.references import find_references
from mendbook.facts import gather_facts
from mendbook.model import Priority, Severity
from mendbook.policy import load_policy

BANDS = tuple(Priority)
TABLE = dict(
    zip(Severity, (Priority.P0, Priority.P0, Priority.P1, Priority.P2, Priority.P3), strict=True)
)


def compare(folder: Path, repo: Path) -> Counter[str]:
    """Print each finding whose priority differs, and return counts of exact and near matches."""
    audit = intake.load_audit(next(folder.glob("audit-*.json")))
    policy = load_policy()
    target = repository.open_target(repo, audit.commit)
    references = find_references(audit.findings, target.snapshot, target.root, "syntax")
    facts = gather_facts(audit, target, references)
    estimates = effort.estimate(audit.findings, policy.effort)
    hours = {each.finding_id: each.likely for each in estimates}
    severity = {each.id: each.severity for each in audit.findings}
    decisions = prioritize.prioritize(audit.findings, facts, (), estimates, policy)
    ours = {each.finding_id: each for each in decisions}
    found: Counter[str] = Counter()
    for entry in _given(folder):
        name = entry["issueId"]
        if name not in ours:
            found["not in the audit"] += 1
            continue
        given = Priority(entry["priority"])
        found["findings"] += 1
        for who, said in (("tree", ours[name].priority), ("table", TABLE[severity[name]])):
            found[f"{who} exact"] += said is given
            found[f"{who} within one"] += abs(BANDS.index(said) - BANDS.index(given)) <= 1
        found["hours equal"] += abs(hours[name] - float(entry["hours"])) < 0.005
        if ours[name].priority is not given:
            print(f"  {name}: given {given}; {ours[name].reason}")
    return found


def _given(folder: Path) -> list[dict[str, str]]:
    path = next(folder.glob("remediation-*.json"))
    entries: list[dict[str, str]] = intake.read_json(path).data["remediations"]
    return entries


def main() -> None:
    """Compare every folder that is named, and print one line for each and for all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repo", type=Path, required=True)
    parser.add_argument("folders", type=Path, nargs="+")
    arguments = parser.parse_args()
    total: Counter[str] = Counter()
    for folder in arguments.folders:
        print(folder.name)
        found = compare(folder, arguments.repo)
        print(f"  {dict(found)}")
        total += found
    count = total["findings"]
    shares = {name: f"{total[name] / count:.0%}" for name in sorted(total) if " " in name}
    print(f"all {count}: {shares}")


if __name__ == "__main__":
    main()
