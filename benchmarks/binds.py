"""Measure the rung *binds* on commits of real repositories: as they are, and broken on purpose.

    python benchmarks/binds.py REPO... --commits 40

Each REPO is a clone or a git directory. Of its latest commits that change TypeScript, JavaScript or
Python, each is judged against its parent (what is flagged there is a false alarm, or a commit that
was broken), then once more with one fault put into a file that it changes.
"""

from __future__ import annotations

import argparse
import collections
import random
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mendbook.code import trees
from mendbook.code.test_files import is_test
from mendbook.model import CheckStatus
from mendbook.proving.binds import Binder
from mendbook.proving.binds.ecma_names import Lines
from mendbook.proving.ladder import parse_fault
from mendbook.repository.snapshot import Snapshot

MOST_FILES = 25
Edits = dict[str, str | None]


@dataclass(frozen=True)
class Fault:
    """One fault put into a commit: its kind, and the files as they are with it."""

    kind: str
    edits: Edits


def main() -> None:
    """Judge the commits of the repositories named, and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repo", nargs="+", type=Path)
    parser.add_argument("--commits", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    real: collections.Counter[str] = collections.Counter()
    broken: collections.Counter[tuple[str, str]] = collections.Counter()
    for repo in options.repo:
        chance, binder, started = random.Random(options.seed), Binder(), time.monotonic()  # noqa: S311 - repeatable
        kinds: dict[str, int] = collections.Counter()
        for commit, paths in _commits(repo, options.commits):
            before, after = (Snapshot.read(repo, one) for one in (f"{commit}^", commit))
            verdict = binder.check(before, after, paths)
            real[verdict.status.value] += 1
            if verdict.status is CheckStatus.FAIL and options.show:
                print(
                    "FLAGGED", repo.parent.name, commit[:10], verdict.detail.replace("\n", "\n   ")
                )
            if verdict.status is not CheckStatus.PASS:
                continue
            fault = _broken(before, after, paths, chance, kinds)
            if fault is None:
                continue
            kinds[fault.kind] += 1
            made = after.edited(fault.edits)
            found = binder.check(before, made, [*dict.fromkeys([*paths, *fault.edits])])
            broken[fault.kind, found.status.value] += 1
            if found.status is not CheckStatus.FAIL and options.show:
                print("MISSED", repo.parent.name, commit[:10], fault.kind, _shown(after, fault))
        print(f"{repo.parent.name}: {time.monotonic() - started:.0f} s")
    _report(real, broken)


def _report(real: collections.Counter[str], broken: collections.Counter[tuple[str, str]]) -> None:
    total = real.total() or 1
    shares = ", ".join(f"{name} {count} ({count / total:.1%})" for name, count in real.items())
    print(f"real commits {total}: {shares}")
    every = broken.total() or 1
    caught = sum(count for (_, status), count in broken.items() if status == "fail")
    print(f"broken on purpose {every}: caught {caught} ({caught / every:.1%})")
    for kind in sorted({kind for kind, _ in broken}):
        counts = {status: count for (one, status), count in broken.items() if one == kind}
        print(f"  {kind}: {counts}")


def _git(repo: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=repo, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def _commits(repo: Path, count: int) -> Iterator[tuple[str, list[str]]]:
    for commit in _git(repo, "log", "--no-merges", "--format=%H", "-n", "3000").split():
        rows = _git(repo, "diff-tree", "--no-renames", "-r", "--name-only", commit, "--").split(
            "\n"
        )
        paths = [row for row in rows[1:] if row]
        code = [path for path in paths if trees.is_source(path) or path.endswith(".py")]
        if code and len(paths) <= MOST_FILES:
            yield commit, paths
            count -= 1
        if count == 0:
            return


def _broken(
    before: Snapshot,
    after: Snapshot,
    paths: list[str],
    chance: random.Random,
    kinds: dict[str, int],
) -> Fault | None:
    """Put one fault into a file of the commit, of the kind that was put in least so far."""
    code = [path for path in paths if path in after and not is_test(path)]
    code = [path for path in code if trees.is_source(path) or path.endswith(".py")]
    chance.shuffle(code)
    for kind in sorted(FAULTS, key=lambda kind: (kinds.get(kind, 0), chance.random())):
        for path in code:
            edits = FAULTS[kind](before, after, path, chance)
            if edits and all(
                not parse_fault(one, after.get(one), text) for one, text in edits.items()
            ):
                return Fault(kind, edits)
    return None


def _shown(after: Snapshot, fault: Fault) -> str:
    rows = []
    for path, text in fault.edits.items():
        old, new = after.text(path), text or ""
        lines = Lines.of(old, new)
        rows += [
            f"\n   {path}:{number + 1}: {line.strip()[:110]}"
            for number, line in enumerate(new.split("\n"))
            if lines.is_new(number)
        ][:3]
        rows += [f"\n   {path}: (lines went)"] if not rows else []
    return "".join(rows)


# --- the faults --------------------------------------------------------------------------------

_NAME = r"[A-Za-z_$][\w$]*"
_IMPORTED = re.compile(
    rf"^import\s+(?:type\s+)?(?:\{{(?P<several>[^}}]+)\}}|(?P<one>{_NAME}))\s+from\s+(?P<source>['\"][^'\"]+['\"]);?$"
    rf"|^from\s+(?P<module>[.\w]+)\s+import\s+(?P<names>[\w, ]+)$"
    rf"|^const\s+(?:\{{(?P<parts>[^}}:]+)\}}|(?P<whole>{_NAME}))\s+=\s+require\((?P<required>[^)]+)\);?$",
    re.MULTILINE,
)


def _names(found: re.Match[str]) -> list[str]:
    listed = (
        found["several"] or found["names"] or found["parts"] or found["one"] or found["whole"] or ""
    )
    parts = [part.strip().removeprefix("type ").strip() for part in listed.split(",")]
    return [re.split(r"\s+as\s+", part)[-1] for part in parts if part]


def _used(text: str, name: str, at: int = 0) -> list[int]:
    pattern = rf"(?<![\w$.'\"/-]){re.escape(name)}(?![\w$'\":/-])"
    return [found.start() for found in re.finditer(pattern, text) if found.start() > at]


def drop_import(_b: Snapshot, after: Snapshot, path: str, chance: random.Random) -> Edits:
    """Take an import away whose names are used."""
    text = after.text(path)
    rows = list(_IMPORTED.finditer(text))
    chance.shuffle(rows)
    for found in rows:
        rest = text[: found.start()] + text[found.end() :].lstrip("\n")
        if any(_code_uses(rest, name) for name in _names(found)):
            return {path: rest}
    return {}


def _code_uses(text: str, name: str) -> bool:
    """Tell whether a line that is surely code calls, constructs or raises ``name``."""
    pattern = rf"^(?!\s*(?:#|//|\*|/\*)).*(?<![\w$.'\"/`]){re.escape(name)}\("
    return bool(re.search(pattern, text, re.MULTILINE))


def misspell_use(before: Snapshot, after: Snapshot, path: str, chance: random.Random) -> Edits:
    """Misspell an imported or local function where a new line calls it."""
    text = after.text(path)
    lines = Lines.of(before.get(path) or "", text)
    found = [
        one
        for one in re.finditer(rf"(?<![\w$.'\"`])({_NAME})\(", text)
        if lines.is_new(text.count("\n", 0, one.start()))
        and _binds(text, one[1])
        and not re.search(
            r"#|//|\*|['\"`/]", text[text.rfind("\n", 0, one.start()) + 1 : one.start()]
        )
        and not re.search(
            r"(?:function|def|class|async|get|set|static)\s*\*?\s*$", text[: one.start()][-20:]
        )
    ]
    if not found:
        return {}
    one = chance.choice(found)
    name = one[1]
    wrong = name[:-2] + name[-1] + name[-2] if name[-1:] != name[-2:-1] else name + "x"
    return {path: text[: one.start()] + wrong + text[one.start() + len(name) :]}


def _binds(text: str, name: str) -> bool:
    if name in {"if", "for", "while", "switch", "catch", "function", "return", "super", "require"}:
        return False
    pattern = (
        rf"\b(?:function\*?|def|class|const|let)\s+{re.escape(name)}\b"
        rf"|^(?:import|from)\b[^;]*?\b{re.escape(name)}\b"
    )
    return bool(re.search(pattern, text, re.MULTILINE))


def misspell_import(_b: Snapshot, after: Snapshot, path: str, chance: random.Random) -> Edits:
    """Import a name that the module of the repository does not have, and use it so."""
    text = after.text(path)
    rows = [
        one
        for one in _IMPORTED.finditer(text)
        if (one["source"] or one["module"] or one["required"] or "").strip("'\"").startswith(".")
    ]
    chance.shuffle(rows)
    for found in rows:
        names = (
            [name for name in _names(found) if len(name) > 3]
            if not (found["one"] or found["whole"])
            else []
        )
        if names and " as " not in found[0]:
            name = chance.choice(names)
            return {path: re.sub(rf"(?<![\w$]){re.escape(name)}(?![\w$])", name + "Ex", text)}
    return {}


def default_import(_b: Snapshot, after: Snapshot, path: str, chance: random.Random) -> Edits:
    """Take the default of a module of the repository that has none."""
    text = after.text(path)
    for found in _IMPORTED.finditer(text):
        names = _names(found)
        source = found["source"] or ""
        if found["several"] and len(names) == 1 and source.strip("'\"").startswith("."):
            if "type " in found[0] or " as " in found[0]:
                continue
            return {path: text.replace(found[0], f"import {names[0]} from {source};")}
    return {}


def _importing(name: str, stem: str) -> str:
    """Return the pattern of an import of ``name`` from a module called ``stem``."""
    plain = re.escape(stem)
    return (
        rf"^(?:import\s+\{{[^}}]*\b{name}\b[^}}]*\}}\s+from\s+['\"][^'\"]*{plain}(?:\.js|\.ts)?['\"]"
        rf"|from [\w.]*\b{plain} import [^\n]*\b{name}\b)"
    )


def delete_export(_b: Snapshot, after: Snapshot, path: str, chance: random.Random) -> Edits:
    """Rename a function in its module that another file imports."""
    text = after.text(path)
    rows = list(
        re.finditer(
            rf"^(?:export\s+(?:async\s+)?(?:function|class|const)\s+"
            rf"|(?:async )?def\s+|class\s+)({_NAME})\b",
            text,
            re.MULTILINE,
        )
    )
    chance.shuffle(rows)
    for found in rows:
        name = found[1]
        if len(name) < 5:
            continue
        users = [
            other
            for other in after.files
            if other != path
            and other.endswith((".ts", ".tsx", ".js", ".jsx", ".py"))
            and re.search(
                _importing(name, Path(path).stem),
                after.text(other),
                re.MULTILINE,
            )
        ]
        if users:
            new = re.sub(rf"(?<![\w$]){re.escape(name)}(?![\w$])", name + "Gone", text)
            return {path: new}
    return {}


def delete_file(_b: Snapshot, after: Snapshot, path: str, chance: random.Random) -> Edits:
    """Delete a module that another file imports."""
    stem = re.escape(Path(path).stem)
    if stem in {"index", "__init__"}:
        return {}
    sibling = [
        other
        for other in after.under(str(Path(path).parent))
        if other != path and Path(other).parent == Path(path).parent
    ]
    pattern = rf"^(?:import\b[^;]*?from\s+['\"]\./{stem}(?:\.[jt]sx?)?['\"]|from \.{stem} import )"
    for other in sibling:
        if re.search(pattern, after.text(other), re.MULTILINE):
            return {path: None}
    return {}


def more_arguments(before: Snapshot, after: Snapshot, path: str, chance: random.Random) -> Edits:
    """Give a function of the file one argument more than it takes."""
    text = after.text(path)
    rows = list(re.finditer(rf"\b(?:function|def)\s+({_NAME})\(([^()*.=]*)\)", text))
    chance.shuffle(rows)
    for found in rows:
        name = found[1]
        indented = (
            text[: found.start()].rpartition("\n")[2].strip(" ")
            != text[: found.start()].rpartition("\n")[2]
        )
        if (
            indented
            or "arguments" in text
            or len(re.findall(rf"(?:function|def|const|let)\s+{re.escape(name)}\b", text)) != 1
        ):
            continue
        calls = [
            at
            for at in _used(text, name)
            if text[at + len(name) : at + len(name) + 1] == "("
            and text[:at].rpartition("\n")[2].strip() in {"return", "await", "return await"}
            and not text[at + len(name) + 1 :].startswith(("*", "..."))
        ]
        if calls:
            at = chance.choice(calls) + len(name) + 1
            body = "1, 2, 3, 4, 5, 6" + ("" if text[at] == ")" else ", ")
            return {path: text[:at] + body + text[at:]}
    return {}


def new_parameter(before: Snapshot, after: Snapshot, path: str, chance: random.Random) -> Edits:
    """Ask for one parameter more of a function that the file calls, and leave the calls."""
    text = after.text(path)
    rows = list(
        re.finditer(
            rf"^(?:export )?(?:async )?(?:function|def)\s+({_NAME})\(([^()*.=]*)\)",
            text,
            re.MULTILINE,
        )
    )
    chance.shuffle(rows)
    for found in rows:
        name, listed = found[1], found[2].strip().rstrip(",")
        if len(re.findall(rf"(?:function|def|const|let)\s+{re.escape(name)}\b", text)) != 1:
            continue
        calls = [
            at
            for at in _used(text, name, found.end())
            if re.match(r"\((?![.*])[^()*.]*\)", text[at + len(name) :])
            and text[:at].rpartition("\n")[2].strip() in {"return", "await", ""}
        ]
        if calls:
            typed = ": number" if path.endswith((".ts", ".tsx")) else ""
            head = f"{listed}, " if listed else ""
            new = found[0].replace(f"({found[2]})", f"({head}extraOne{typed})")
            return {path: text[: found.start()] + new + text[found.end() :]}
    return {}


def shadow(_b: Snapshot, after: Snapshot, path: str, chance: random.Random) -> Edits:
    """Bind the name of an import anew in a function that goes on using it."""
    text = after.text(path)
    rows = list(
        re.finditer(
            rf"^(?:export )?(?:default )?(?:async )?"
            rf"(?:function\s+{_NAME}\([^()]*\)[^\n{{]*\{{|def\s+\w+\([^()]*\)[^\n:]*:)"
            r"\n(?P<indent>[ \t]+)(?!['\"])",
            text,
            re.MULTILINE,
        )
    )
    chance.shuffle(rows)
    for found in rows:
        ending = re.search(r"^\S", text[found.end() :], re.MULTILINE)
        body = text[found.end() : found.end() + (ending.start() if ending else len(text))]
        for row in _IMPORTED.finditer(text):
            for name in _names(row):
                if _code_uses(body, name) and name not in found[0]:
                    word = "" if path.endswith(".py") else "const "
                    line = f"{word}{name} = 1\n{found['indent']}"
                    return {path: text[: found.end()] + line + text[found.end() :]}
    return {}


def wrong_member(before: Snapshot, after: Snapshot, path: str, chance: random.Random) -> Edits:
    """Misspell a method of the class itself where one of its methods calls it."""
    text = after.text(path)
    rows = [
        one
        for one in re.finditer(r"\b(?:this|self)\.([A-Za-z_]\w{3,})\(", text)
        if re.search(
            rf"^\s+(?:async |private |public |protected |static )*(?:def )?{one[1]}\(",
            text,
            re.MULTILINE,
        )
        and not re.search(r"\bextends\b|^class \w+\((?!object)", text, re.MULTILINE)
    ]
    if not rows:
        return {}
    one = chance.choice(rows)
    return {path: text[: one.start(1)] + one[1] + "s_" + text[one.end(1) :]}


FAULTS: dict[str, Callable[[Snapshot, Snapshot, str, random.Random], Edits]] = {
    "drop an import": drop_import,
    "misspell a use": misspell_use,
    "misspell an import": misspell_import,
    "default of none": default_import,
    "rename an export": delete_export,
    "delete a module": delete_file,
    "too many arguments": more_arguments,
    "one parameter more": new_parameter,
    "shadow an import": shadow,
    "misspell a member": wrong_member,
}

if __name__ == "__main__":
    main()
