"""How a change is taken back, in exact commands, and what no command takes back."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from heapq import heappop, heappush
from pathlib import PurePosixPath

from mendbook.model import Citation, Patch, PullRequest, Said
from mendbook.text.hunks import ReplacedLines, replaced_lines
from mendbook.text.phrasing import listed, sentence

_REDIS_WRITE = re.compile(
    r"\.(?:set|setex|setnx|getset|hset|hmset|hincrby|incr|rpush|lpush|ltrim|zadd|sadd|xadd"
    r"|expire)\("
)
_EMIT = re.compile(r"\.emit\(\s*['\"`]([^'\"`]+)['\"`]")
_KEY = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
_FILE_BEGINS = re.compile(r"^--- (?:a/)?(?P<old>.*)\n\+\+\+ (?:b/)?(?P<new>.*)\n", re.M)


class Requests:
    """The pull requests of a plan, and which of them build on which."""

    def __init__(self, pull_requests: Sequence[PullRequest]) -> None:
        self.known = {each.number: each for each in pull_requests}
        self._of = {name: each for each in reversed(pull_requests) for name in each.finding_ids}
        self._after: dict[int, list[int]] = {}
        for each in pull_requests:
            for dependency in each.depends_on:
                self._after.setdefault(dependency.on, []).append(each.number)

    def of(self, finding_id: str) -> PullRequest:
        """Return the pull request that holds a finding."""
        return self._of[finding_id]

    def dependents(self, number: int) -> list[int]:
        """Return the PRs that depend on ``number``, directly or through others, in merge order."""
        reached = {number}
        waiting = sorted(self._after.get(number, ()))
        while waiting:
            first = heappop(waiting)
            if first not in reached:
                reached.add(first)
                for later in self._after.get(first, ()):
                    if later > first:
                        heappush(waiting, later)
        return sorted(reached - {number})


def rollback(
    patch: Patch,
    request: PullRequest,
    requests: Requests,
    tree: Container[str],
) -> tuple[Said, ...]:
    """Return what takes the change back, before and after its PR is merged, a sentence a step.

    PRs that build on this one are named, last first: they go before it. What no revert undoes
    stands at the end: the patch's own sentences, then what its lines show. A step rests on the
    files that it takes back, what stays on the lines that show it. ``tree`` has the paths that are
    there before the patch.
    """
    steps = []
    own = _marked(patch.files, tree)
    if built_on := requests.dependents(request.number):
        names = listed([f"PR #{number}" for number in reversed(built_on)])
        later = {path for number in built_on for path in requests.known[number].files}
        shared = _marked([path for path in request.files if path in later], tree)
        steps.append(Said(f"First revert {names} (built on this one).", shared))
    merged = f"Merged: `git revert --no-edit <commit of PR #{request.number}>`."
    steps.append(Said(merged, _marked(request.files, tree)))
    if patch.in_series:
        alone = f"This finding alone: `git apply -R PATCHES/{patch.name}`."
        steps.append(Said(alone, own))
    elif patch.covered_by:
        covered = f"Its change is part of the patch of {patch.covered_by}."
        steps.append(Said(covered, own))
    packages = [
        path for path in patch.files if path.endswith(("package.json", "package-lock.json"))
    ]
    if packages:
        steps.append(Said("Then `npm ci`.", tuple(map(Citation, packages))))
    steps += [Said(sentence(reason), own) for reason in patch.irreversible]
    if lasting := _seen_to_stay(patch):
        places = tuple(dict.fromkeys(place for each in lasting for place in each.grounds))
        words = listed([each.words for each in lasting])
        steps.append(Said(f"No revert undoes {words}.", places))
    return tuple(steps)


def _marked(files: Sequence[str], tree: Container[str]) -> tuple[Citation, ...]:
    """Return ``files``, those that are not in the ``tree`` yet as such."""
    return tuple(Citation(one, patched=one not in tree) for one in files)


def _seen_to_stay(patch: Patch) -> list[Said]:
    """Return what the changed lines show to outlive a revert, each as a noun."""
    if not patch.in_series:
        return []
    remains = []
    changed = list(_changed(patch.diff))
    written, _ = _matches(changed, _REDIS_WRITE, lambda run: run.removed + run.added)
    if written:
        remains.append(Said("values already written to Redis", written))
    lines, events = _matches(changed, _EMIT, lambda run: run.removed + run.added)
    if events:
        remains.append(Said(f"what clients already received as {', '.join(events)}", lines))
    settings = [each for each in changed if ".env" in PurePosixPath(each[0].path).name]
    if settings:
        lines, keys = _matches(settings, _KEY, lambda run: run.added)
        if keys:
            told = f"environments where operators have set {', '.join(sorted(keys))}"
            remains.append(Said(told, lines))
    return remains


def _changed(diff: str) -> Iterator[tuple[Citation, ReplacedLines]]:
    """Yield each run of changed lines with where it is: its line, or the file if it is new."""
    heads = list(_FILE_BEGINS.finditer(diff))
    ends = [*(head.start() for head in heads), len(diff)][1:]
    for head, end in zip(heads, ends, strict=True):
        path = head["old"] if head["new"] == "/dev/null" else head["new"]
        for run in replaced_lines(diff[head.end() : end]):
            is_new = head["old"] == "/dev/null"
            yield Citation(path, None if is_new else run.line, patched=is_new), run


def _matches(
    changed: Iterable[tuple[Citation, ReplacedLines]],
    pattern: re.Pattern[str],
    part: Callable[[ReplacedLines], str],
) -> tuple[tuple[Citation, ...], list[str]]:
    """Return where ``pattern`` stands in that part of the runs, and each thing that it finds."""
    matches = [(place, pattern.findall(part(run))) for place, run in changed]
    places = dict.fromkeys(place for place, names in matches if names)
    return tuple(places), list(dict.fromkeys(name for _, names in matches for name in names))
