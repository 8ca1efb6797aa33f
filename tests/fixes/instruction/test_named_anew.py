"""What gets another name, in the words for it, and what a framework knows by its name."""

from __future__ import annotations

import json

import pytest
from instruction_cases import Case, propose

from mendbook.model import Proposal, Skipped

LOOM = """\
import { yarn } from './yarn';

export function wv(rows: number) {
  return yarn.repeat(rows);
}

export const cloth = () => wv(3);
"""
WOVEN = LOOM.replace("wv(", "weave(")
YARN = {"src/yarn.ts": "export const yarn = 'y';\n"}


@pytest.mark.parametrize(
    "fix",
    [
        "Change the name of `wv` to `weave`.",
        "Alter the function name from `wv` to `weave`",
        "Give `wv` the name `weave`",
        "A clearer name for `wv` would be `weave`.",
        "Take `weave` as the name of `wv`",
        "Prefer the name `weave` over `wv`",
        "Change its name to `weave`.",
        "Rename it to `weave`",
    ],
)
def test_another_name_is_given_in_many_words(fix: str) -> None:
    """Each way to say it renames the declaration and its uses."""
    answer = propose(
        Case(fix, fix, LOOM, function="wv", files=YARN, problem="`wv` cannot be spoken aloud")
    )
    assert isinstance(answer, Proposal), answer
    assert answer.edits == {"src/a.ts": WOVEN}


@pytest.mark.parametrize(
    ("fix", "problem"),
    [
        ("Rename it to `weave`", "`rows` says little"),
        ("Rename it to `weave`", "a name that says little"),
        ("Change the name of the loom to `weave`", "`wv` cannot be spoken aloud"),
        ("Use the name `weave` for `shuttle`", "`wv` cannot be spoken aloud"),
    ],
)
def test_what_is_not_surely_meant_keeps_its_name(fix: str, problem: str) -> None:
    """A pronoun means the finding's symbol only where the problem speaks of it and no other."""
    case = Case(fix, fix, LOOM, function="wv", files=YARN, problem=problem)
    assert isinstance(propose(case), Skipped)


def _depends(name: str) -> dict[str, str]:
    return {"package.json": json.dumps({"private": True, "dependencies": {name: "1"}})}


@pytest.mark.parametrize(
    ("name", "path", "package", "reader"),
    [
        ("GET", "app/api/herd/route.ts", "next", "GET is called by Next.js"),
        ("generateMetadata", "app/herd/page.tsx", "next", "called by Next.js"),
        ("load", "src/routes/+page.ts", "@sveltejs/kit", "load is called by SvelteKit"),
        ("loader", "app/routes/herd.tsx", "@remix-run/react", "loader is called by Remix"),
        ("handler", "src/milk.ts", "@types/aws-lambda", "handler is called by AWS Lambda"),
        ("getStaticPaths", "src/pages/[cow].ts", "astro", "called by Astro"),
    ],
)
def test_what_a_framework_takes_by_its_name_keeps_it(
    name: str, path: str, package: str, reader: str
) -> None:
    """No code shows the use: the name is the use. Without the framework it may change."""
    code = f"export async function {name}() {{\n  return 1;\n}}\n"
    fix = f"Rename `{name}` to `feedHerd`."
    kept, free = (
        propose(Case(name, fix, code, function=name, path=path, files=_depends(one)))
        for one in (package, "left-pad")
    )
    assert isinstance(kept, Skipped)
    assert f"{reader}" in kept.reason
    assert isinstance(free, Proposal)
    assert free.edits == {path: code.replace(name, "feedHerd")}
