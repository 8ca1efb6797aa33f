"""Every case with the names of its code changed: the same edit for the same words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from instruction_cases import Case, propose
from test_paraphrases import cases

from mendbook.model import Proposal, Skipped

_DECLARED = re.compile(
    r"(?:\b(?:const|let|var|function|class|interface|def)\s+"
    r"|^\s*(?:public|private)\s+(?:async\s+)?(?=\w+\s*[(:=?!;]))([A-Za-z_]\w{3,})",
    re.MULTILINE,
)


def _renaming(case: Case) -> Callable[[str], str]:
    """Return what gives each name that the code declares another one, wherever it stands as code.

    Names that the fix text also uses as words, and those that tell a logger, stay.
    """
    said = set(re.findall(r"\w+", re.sub(r"`[^`]*`", " ", case.fix)))
    found = {name for text in (case.code, *case.files.values()) for name in _DECLARED.findall(text)}
    kept = said | {
        "constructor",
        "exports",
        "static",
        "readonly",
        "async",
        *(name for name in found if "log" in name.lower()),
    }
    for module in re.findall(r"^import (\w+)$", case.code, re.MULTILINE):
        kept |= set(re.findall(rf"\b{module}\.(\w+)", case.code))
    names = sorted(found - kept, key=len, reverse=True)
    if not names:
        return lambda text: text
    spelled = re.compile(rf"(?<![\w$'\"/-])(?:{'|'.join(map(re.escape, names))})(?![\w'\"/-])")
    return lambda text: spelled.sub(lambda hit: _other(hit[0]), text)


def _other(name: str) -> str:
    """Return another name of the same style."""
    if name.isupper():
        return f"ZQ_{name}"
    if name[0].isupper():
        return f"Zq{name}"
    return f"zq_{name}" if "_" in name else f"zq{name[0].upper()}{name[1:]}"


def _bag(text: str) -> list[str]:
    """Return the words and marks of a text, whatever order its imported names come in."""
    return sorted(re.findall(r"\w+|[^\w\s]", text))


@pytest.mark.parametrize(("case", "after", "_reason"), list(cases()))
def test_the_names_do_not_matter(case: Case, after: dict[str, str], _reason: str) -> None:
    """Called otherwise, the code gets the same edit for the same text, or the same refusal."""
    other = _renaming(case)
    renamed = replace(
        case,
        fix=other(case.fix),
        code=other(case.code),
        evidence=other(case.evidence),
        function=other(case.function),
        files={path: other(text) for path, text in case.files.items()},
    )
    answer = propose(renamed)
    if not after:
        assert isinstance(answer, Skipped), f"{renamed.fix}: {answer.edits}"
        return
    assert isinstance(answer, Proposal), f"{renamed.fix}: {answer.reason}"
    found = {path: _bag(text or "") for path, text in answer.edits.items()}
    assert found == {path: _bag(other(text)) for path, text in after.items()}
