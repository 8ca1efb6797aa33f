"""Load a policy and refuse one that leaves a finding without an answer."""

from __future__ import annotations

from pathlib import Path

import msgspec
import yaml

from mendbook import project
from mendbook.errors import PolicyError
from mendbook.model import Dimension
from mendbook.policy.document import read_document
from mendbook.policy.records import OTHERWISE, Policy, Question, Range


def default_policy() -> Path:
    """Return the policy that is used unless another is named."""
    return project.data() / "policies" / "default.yaml"


def load_policy(path: Path | None = None) -> Policy:
    """Return the policy at ``path``, or the default one.

    Raises ``PolicyError`` where it is not readable, not valid under the published schema, or where
    the tree leaves an answer without a branch.
    """
    source = path or default_policy()
    policy = msgspec.convert(read_document(source, "policy"), type=Policy)
    problem = (
        _tree_problem(policy.tree, policy, ()) or _concern_problem(policy) or _range_problem(policy)
    )
    if problem:
        raise PolicyError(f"{source}: {problem}")
    return policy


def policy_text(policy: Policy) -> str:
    """Return ``policy`` as the YAML that ``load_policy`` reads back as it; comments are lost."""
    return yaml.safe_dump(msgspec.to_builtins(policy), sort_keys=False, allow_unicode=True)


def _tree_problem(node: Question, policy: Policy, above: tuple[str, ...]) -> str:
    where = "tree." + ".".join(above) if above else "tree"
    if node.ask in above[::2]:
        return f"{where}: asks {node.ask} again; ask it once on a path"
    possible = policy.answers.possible(node.ask)
    named = [answer for answer in node.answers if answer != OTHERWISE]
    for answer in named:
        if answer not in possible:
            choices = ", ".join(possible)
            return f"{where}: {node.ask} has no answer {answer[:60]!r}; choose from {choices}"
    missing = [answer for answer in possible if answer not in named]
    if missing and OTHERWISE not in node.answers:
        return f"{where}: {node.ask} {str(missing[0])!r} has no branch; add it, or otherwise"
    if not missing and OTHERWISE in node.answers:
        return f"{where}: otherwise is never reached; remove it"
    for answer, branch in node.answers.items():
        if isinstance(branch, Question):
            problem = _tree_problem(branch, policy, (*above, node.ask, answer))
            if problem:
                return problem
    return ""


def _concern_problem(policy: Policy) -> str:
    grouped = [dimension for group in policy.answers.concern.values() for dimension in group]
    for dimension in Dimension:
        if grouped.count(dimension) != 1:
            times = "no group" if dimension not in grouped else "more than one group"
            return f"answers.concern: {dimension} is in {times}; put it in exactly one"
    return ""


def _range_problem(policy: Policy) -> str:
    effort = policy.effort
    ranges: list[tuple[str, Range]] = [("effort.spread", effort.spread)]
    ranges += [(f"effort.words.{word}", given) for word, given in effort.words.items()]
    ranges += [(f"effort.severity.{name}", given) for name, given in effort.severity.items()]
    for name, (low, likely, high) in ranges:
        if not low <= likely <= high:
            return f"{name}: not in the order low, likely, high; sort the three numbers"
    return ""
