"""Make tokens with ``secrets``, which nobody can predict."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, apply, line_end, line_start
from mendbook.code.python_source import (
    PythonFile,
    import_module,
    names,
    parse_python,
    qualified,
)
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_SAME = {
    "random.choice": "secrets.choice",
    "random.getrandbits": "secrets.randbits",
    "random.randrange": "secrets.randbelow",
}


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no call of random that secrets can stand for is in the code that the finding names"
    for file in python_targets(task):
        calls = [
            node
            for node in python_nodes(task, file)
            if isinstance(node, ast.Call) and qualified(file, node.func) in {*_SAME, _CHOICES}
        ]
        chosen = python_meant(calls, file, task)
        texts = [_secret(file, node) for node in chosen]
        if any(not text for text in texts):
            reason = "a call of random has arguments that secrets does not take"
        elif chosen:
            return _change(file, chosen, texts)
    return reason


_CHOICES = "random.choices"


def _secret(file: PythonFile, node: ast.Call) -> str:
    """Return the call of ``secrets`` that does what ``node`` does; empty where there is none."""
    name, given = qualified(file, node.func), [file.source(one) for one in node.args]
    keywords = {one.arg: file.source(one.value) for one in node.keywords}
    if name == _CHOICES:
        count = keywords.pop("k", "")
        if len(given) != 1 or keywords or not count:
            return ""
        return f"[secrets.choice({given[0]}) for _ in range({count})]"
    if len(given) != 1 or keywords:
        return ""
    return f"{_SAME[name]}({given[0]})"


def _change(file: PythonFile, chosen: list[ast.Call], texts: list[str]) -> RecipeChange:
    edits = [file.replace(node, text) for node, text in zip(chosen, texts, strict=True)]
    text = apply(file.text, [*edits, *import_module(file, "secrets")])
    return RecipeChange(
        summary="Make it with secrets, not with random",
        edits={file.path: _without_random(file.path, text)},
        risk="A test that seeds random no longer gets the same values.",
        contracts=(
            claim(
                file.path,
                file.text,
                edits,
                Operation.REPLACE,
                "make it with secrets, which nobody can predict",
                list(dict.fromkeys(re.split(r"\(", one)[0].lstrip("[") + "(" for one in texts)),
                list(dict.fromkeys(f"{file.source(node.func)}(" for node in chosen)),
            ),
        ),
    )


def _without_random(path: str, text: str) -> str:
    """Return ``text`` without ``import random`` where nothing uses it any more."""
    file = parse_python(path, text)
    used = names(file.tree) if file is not None else set()
    for node in file.tree.body if file is not None else ():
        if not isinstance(node, ast.Import) or len(node.names) != 1:
            continue
        local = node.names[0].asname or node.names[0].name
        if file is not None and node.names[0].name == "random" and local not in used:
            first, last = file.span(node)
            return apply(text, [Edit(line_start(text, first), line_end(text, last), "")])
    return text


_INVITE = """\
import random
import string


def code(length):
    return "".join(random.choice(string.digits) for _ in range(length))
"""
_KEY = """\
import random as r


class Vault:
    def key(self):
        r.shuffle(self.doors)
        return r.getrandbits(128), r.choices("abc", k=4)
"""

RECIPE = Recipe(
    name="secret-random",
    message="The values of random can be predicted from a few of them.",
    words=r"\bsecrets\b|predictable|cryptograph|\brandom\b.{0,60}(token|secret|key|insecure)",
    remedy=r"secrets|urandom|crypto|SystemRandom",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "a code of digits; the import that nothing uses goes",
            asking("Predictable codes", "Use secrets", "club/invite.py", "code"),
            {"club/invite.py": _INVITE},
            {
                "club/invite.py": _INVITE.replace("import random\n", "import secrets\n").replace(
                    "random.choice", "secrets.choice"
                )
            },
        ),
        Example(
            "under another name, beside what is no secret",
            asking(
                "Keys are predictable",
                "Use secrets",
                "vault.py",
                "Vault.key",
                'return r.getrandbits(128), r.choices("abc", k=4)',
            ),
            {"vault.py": _KEY},
            {
                "vault.py": _KEY.replace("r.getrandbits", "secrets.randbits")
                .replace('r.choices("abc", k=4)', '[secrets.choice("abc") for _ in range(4)]')
                .replace("import random as r\n", "import random as r\nimport secrets\n")
            },
        ),
        Example(
            "weights have no counterpart",
            asking("Predictable codes", "Use secrets", "a.py", "f"),
            {"a.py": "import random\n\n\ndef f(w):\n    return random.choices('ab', w, k=3)\n"},
            refuses="has arguments that secrets does not take",
        ),
        Example(
            "a shuffle stays",
            asking("Predictable order", "Use secrets", "a.py", "f"),
            {"a.py": "import random\n\n\ndef f(xs):\n    random.shuffle(xs)\n"},
            refuses="no call of random",
        ),
    ),
)
