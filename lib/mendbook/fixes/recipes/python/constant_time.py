"""Compare a secret in a time that says nothing of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from mendbook.code.python_source import PythonFile, import_module, imported_as
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import counted_places
from mendbook.fixes.written_over import written_over


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no comparison of two values by == or != stands in the code that the finding names"
    for file in python_targets(task):
        comparisons = [
            node
            for node in python_nodes(task, file)
            if isinstance(node, ast.Compare) and _is_of_two(node)
        ]
        chosen = python_meant(comparisons, file, task)
        if _SEVERAL.search(task.finding.fix):
            alike = [one for one in comparisons if any(_share(one, each) for each in chosen)]
            if len(alike) < 2 or counted_places(task.finding.fix) not in {0, len(alike)}:
                return f"the fix speaks of several comparisons, and {len(alike)} are of one secret"
            return _change(task, file, alike)
        if len(chosen) == 1:
            return _change(task, file, chosen)
        if chosen:
            reason = f"{len(chosen)} comparisons stand there, and which is of a secret is not said"
    return reason


def _is_of_two(node: ast.Compare) -> bool:
    """Tell whether a comparison is of two values, neither of which is a literal."""
    sides = [node.left, *node.comparators]
    return (
        len(node.ops) == 1
        and isinstance(node.ops[0], ast.Eq | ast.NotEq)
        and not any(isinstance(one, ast.Constant | ast.List | ast.Tuple) for one in sides)
    )


_SEVERAL = re.compile(r"\b(?:both|all|each|every|two|three)\b|\bcomparisons\b", re.IGNORECASE)
"""What says that more than one comparison is meant: all of them change, or none."""


def _share(one: ast.Compare, other: ast.Compare) -> bool:
    """Tell whether two comparisons have a side alike, or are the same."""
    sides = [{ast.dump(each) for each in (node.left, *node.comparators)} for node in (one, other)]
    return bool(sides[0] & sides[1])


def _change(task: Task, file: PythonFile, nodes: Sequence[ast.Compare]) -> RecipeChange:
    module = "secrets" if re.search(r"\bsecrets\.compare_digest", task.finding.fix) else "hmac"
    known = imported_as(file)
    bare = next((name for name, whole in known.items() if whole == f"{module}.compare_digest"), "")
    callee = bare or f"{module}.compare_digest"
    calls = [
        f"{callee}({file.source(one.left)}, {file.source(one.comparators[0])})" for one in nodes
    ]
    texts = [
        call if isinstance(one.ops[0], ast.Eq) else f"not {call}"
        for one, call in zip(nodes, calls, strict=True)
    ]
    return written_over(
        file,
        nodes,
        texts,
        summary=f"Compare with {callee}",
        read_as=f"compare with {callee}",
        adds=calls,
        risk="Two texts must be ASCII, or both bytes.",
        beside=[] if bare else import_module(file, module),
    )


RECIPE = Recipe(
    name="constant-time",
    message="A comparison that ends at the first difference tells how much of a secret is right.",
    words=r"\bcompare_digest\b|\b(?:constant|fixed)[- ]time\b|\btiming[- ](?:safe|attack)",
    remedy=r"compare|constant|timing|digest",
    does=r"[=!]=\s+\w[^.;]*[.;]|\b(?:constant|fixed)[- ]time\s+comparison(?:\s+please)?",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "a signature",
            asking("Timing leak", "Use a constant-time comparison", "bakery/hook.py", "signed"),
            {"bakery/hook.py": "import hmac\n\n\ndef signed(body, given):\n"
             "    return sign(body) == given\n"},
            {"bakery/hook.py": "import hmac\n\n\ndef signed(body, given):\n"
             "    return hmac.compare_digest(sign(body), given)\n"},
        ),
        Example(
            "what must differ, and a name that is imported",
            asking("Timing leak", "Compare with compare_digest", "gate/key.py", "check"),
            {"gate/key.py": "from hmac import compare_digest\n\n\ndef check(key, held):\n"
             "    if key != held:\n        raise PermissionError\n"},
            {"gate/key.py": "from hmac import compare_digest\n\n\ndef check(key, held):\n"
             "    if not compare_digest(key, held):\n        raise PermissionError\n"},
        ),
        Example(
            "a new import",
            asking("Timing leak", "Use secrets.compare_digest", "gate/key.py", "check"),
            {"gate/key.py": "def check(key, held):\n    return key == held\n"},
            {"gate/key.py": "import secrets\n\n\ndef check(key, held):\n"
             "    return secrets.compare_digest(key, held)\n"},
        ),
        Example(
            "both comparisons of one secret",
            asking("Timing leak", "Both comparisons have to use hmac.compare_digest",
                   "gate/key.py", "check", "if key == master:"),
            {"gate/key.py": "import hmac\n\n\ndef check(key, master, held):\n"
             "    if key == master:\n        return True\n    return key == held\n"},
            {"gate/key.py": "import hmac\n\n\ndef check(key, master, held):\n"
             "    if hmac.compare_digest(key, master):\n        return True\n"
             "    return hmac.compare_digest(key, held)\n"},
        ),
        Example(
            "several, where one is of a secret",
            asking("Timing leak", "Use compare_digest for all comparisons of the key",
                   "gate/key.py", "check", "key == held"),
            {"gate/key.py": "def check(key, held, a, b):\n    return key == held and a == b\n"},
            refuses="1 are of one secret",
        ),
        Example(
            "two comparisons",
            asking("Timing leak", "Use a constant-time comparison", "gate/key.py", "check"),
            {"gate/key.py": "def check(a, b, c):\n    return a == b or a == c\n"},
            refuses="2 comparisons",
        ),
    ),
)  # fmt: skip
