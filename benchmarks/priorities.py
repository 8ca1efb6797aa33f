"""How Mendbook's priorities and hours compare with those a team really gave.

    python benchmarks/priorities.py --repo DIR FOLDER…

Each folder holds one ``audit-*.json``, and the ``remediation-*.json`` that was made of it by hand.
The priorities are computed on the audit's commit, without profiles, and set against the plain table
CRITICAL and HIGH to P0, MEDIUM to P1, LOW to P2, INFO to P3. The tree is the default policy's and
nothing in it is computed from these folders, so leaving one out changes no figure of it; its rules
were written by people who had seen the development audits, so only others are a test. A folder
without a remediation is passed over. Shares stand with Wilson's 95 % interval: cases are few.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from pathlib import Path

from mendbook import intake, prioritize, repository
from mendbook.code.references import find_references
from mendbook.effort.estimate import estimate
from mendbook.facts import gather_facts
from mendbook.model import Priority
from mendbook.policy import load_policy
from mendbook.prioritize.by_severity import BY_SEVERITY

BANDS = tuple(Priority)


def compare(folder: Path, repo: Path) -> Counter[str]:
    """Print each finding whose priority differs, and return counts of exact and near matches."""
    audit = intake.load_audit(next(folder.glob("audit-*.json")))
    policy = load_policy()
    target = repository.open_target(repo, audit.commit)
    references = find_references(audit.findings, target.snapshot, target.root, "syntax")
    facts = gather_facts(audit, target, references)
    estimates = estimate(audit.findings, policy.effort)
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
        for who, said in (("tree", ours[name].priority), ("table", BY_SEVERITY[severity[name]])):
            found[f"{who} exact"] += said is given
            found[f"{who} within one"] += abs(BANDS.index(said) - BANDS.index(given)) <= 1
        found["hours equal"] += abs(hours[name] - float(entry["hours"])) < 0.005
        table = BY_SEVERITY[severity[name]]
        if ours[name].priority is not given or table is not given:
            print(f"  {name}: given {given}; table {table}; {ours[name].reason}")
    return found


def interval(hits: int, cases: int) -> str:
    """Return a share with Wilson's 95 % interval."""
    if not cases:
        return "no case"
    z, share = 1.96, hits / cases
    middle = (share + z * z / (2 * cases)) / (1 + z * z / cases)
    half = z * math.sqrt(share * (1 - share) / cases + z * z / (4 * cases**2)) / (1 + z * z / cases)
    return f"{hits} of {cases} ({share:.0%}, {middle - half:.0%}–{middle + half:.0%})"


def verdict(found: Counter[str]) -> str:
    """Return both figures of a left-out audit, and whether the tree is at least the table."""
    cases = found["findings"]
    said = [
        f"{who} exact {interval(found[f'{who} exact'], cases)}, "
        f"within one {interval(found[f'{who} within one'], cases)}"
        for who in ("tree", "table")
    ]
    ahead = all(
        found[f"tree {measure}"] >= found[f"table {measure}"] for measure in ("exact", "within one")
    )
    return f"  {'; '.join(said)}: the tree is {'at least' if ahead else 'BELOW'} the table"


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
        if not any(folder.glob("remediation-*.json")):
            print("  no remediation stands beside the audit")
            continue
        found = compare(folder, arguments.repo)
        print(verdict(found))
        total += found
    print("all")
    print(verdict(total))
    print(f"  hours equal: {interval(total['hours equal'], total['findings'])}")


if __name__ == "__main__":
    main()
