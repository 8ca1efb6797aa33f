"""How a change is taken back, in exact commands, and what no command takes back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.model import Patch, PullRequest
from mendbook.text.phrasing import listed, sentence

_REDIS_WRITE = re.compile(
    r"\.(?:set|setex|setnx|getset|hset|hmset|hincrby|incr|rpush|lpush|ltrim|zadd|sadd|xadd"
    r"|expire)\("
)
_EMIT = re.compile(r"\.emit\(\s*['\"`]([^'\"`]+)['\"`]")
_KEY = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")


def rollback(patch: Patch, request: PullRequest, pull_requests: Sequence[PullRequest]) -> str:
    """Return the commands that take the change back, before and after its PR is merged.

    PRs that build on this one are named, last first: they go before it. What no revert undoes
    stands at the end: the patch's own sentences, then what its lines show.
    """
    steps = []
    if built_on := _dependents(request.number, pull_requests):
        names = listed([f"PR #{number}" for number in reversed(built_on)])
        steps.append(f"First revert {names} (built on this one).")
    steps.append(f"Merged: `git revert --no-edit <commit of PR #{request.number}>`.")
    if patch.in_series:
        steps.append(f"This finding alone: `git apply -R PATCHES/{patch.name}`.")
    elif patch.covered_by:
        steps.append(f"Its change is part of the patch of {patch.covered_by}.")
    if any(path.endswith(("package.json", "package-lock.json")) for path in patch.files):
        steps.append("Then `npm ci`.")
    steps += [sentence(reason) for reason in patch.irreversible]
    if lasting := _seen_to_stay(patch):
        steps.append(f"No revert undoes {listed(lasting)}.")
    return " ".join(steps)


def _seen_to_stay(patch: Patch) -> list[str]:
    """Return what the changed lines show to outlive a revert, each as a noun."""
    if not patch.in_series:
        return []
    found = []
    changed = [line[1:] for line in patch.diff.splitlines() if re.match(r"[+-](?![+-]{2} )", line)]
    added = {line[1:] for line in patch.diff.splitlines() if re.match(r"\+(?!\+\+ )", line)}
    if any(_REDIS_WRITE.search(line) for line in changed):
        found.append("values already written to Redis")
    if events := dict.fromkeys(name for line in changed for name in _EMIT.findall(line)):
        found.append(f"what clients already received as {', '.join(events)}")
    if any(".env" in path for path in patch.files):
        keys = dict.fromkeys(key for line in sorted(added) for key in _KEY.findall(line))
        if keys:
            found.append(f"environments where operators have set {', '.join(keys)}")
    return found


def _dependents(number: int, pull_requests: Sequence[PullRequest]) -> list[int]:
    """Return the PRs that depend on ``number``, directly or through others, in merge order."""
    reached = {number}
    for request in sorted(pull_requests, key=lambda each: each.number):
        if any(dependency.on in reached for dependency in request.depends_on):
            reached.add(request.number)
    return sorted(reached - {number})
