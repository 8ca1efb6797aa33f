"""Compare a secret in a time that says nothing of it."""

from __future__ import annotations

import ast
import re

from mendbook.code.python_source import PythonFile, import_module, imported_as
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
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
        if len(chosen) == 1:
            return _change(task, file, chosen[0])
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


def _change(task: Task, file: PythonFile, node: ast.Compare) -> RecipeChange:
    module = "secrets" if re.search(r"\bsecrets\.compare_digest", task.finding.fix) else "hmac"
    known = imported_as(file)
    bare = next((name for name, whole in known.items() if whole == f"{module}.compare_digest"), "")
    callee = bare or f"{module}.compare_digest"
    call = f"{callee}({file.source(node.left)}, {file.source(node.comparators[0])})"
    text = call if isinstance(node.ops[0], ast.Eq) else f"not {call}"
    return written_over(
        file,
        [node],
        [text],
        summary=f"Compare with {callee}",
        read_as=f"compare with {callee}",
        adds=[call],
        risk="Two texts must be ASCII, or both bytes.",
        beside=[] if bare else import_module(file, module),
    )


RECIPE = Recipe(
    name="constant-time",
    message="A comparison that ends at the first difference tells how much of a secret is right.",
    words=r"\bcompare_digest\b|\b(?:constant|fixed)[- ]time\b|\btiming[- ](?:safe|attack)",
    remedy=r"compare|constant|timing|digest",
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
            "two comparisons",
            asking("Timing leak", "Use a constant-time comparison", "gate/key.py", "check"),
            {"gate/key.py": "def check(a, b, c):\n    return a == b or a == c\n"},
            refuses="2 comparisons",
        ),
    ),
)  # fmt: skip
