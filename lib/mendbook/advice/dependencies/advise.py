"""Advise on dependencies: a matrix from ``package.json``, the lock file and the code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from mendbook.advice.advisor import Survey
from mendbook.advice.dependencies.commands import COMMANDS, manager_of
from mendbook.advice.dependencies.judge import (
    DEVELOPMENT,
    RUNTIME,
    Outcome,
    Package,
    Standard,
    Verdict,
    judge,
)
from mendbook.advice.dependencies.locked import FILE as LOCK_FILE
from mendbook.advice.dependencies.locked import Locked, read_locked
from mendbook.advice.dependencies.named import may_be_loaded, named_packages
from mendbook.advice.dependencies.summary import summary
from mendbook.advice.dependencies.usage import (
    NAME,
    Scope,
    Use,
    imported_packages,
    run_packages,
)
from mendbook.advice.production_code import is_built
from mendbook.advice.rows import NOT_FOUND
from mendbook.code.trees import is_source
from mendbook.model import Advice, AdviceRow, Citation, Finding, Skipped
from mendbook.policy.libraries import Libraries, load_libraries
from mendbook.repository.manifest import Manifest, read_manifests
from mendbook.repository.target import Target

if TYPE_CHECKING:
    from nodesemver import Comparator

TITLE = "Dependency Removal Matrix"
_SECTIONS = (RUNTIME, "optionalDependencies", "peerDependencies", DEVELOPMENT)
_SHOWN = 2


def applies(survey: Survey) -> bool:
    """Tell whether a ``package.json`` of the target declares packages."""
    manifests = read_manifests(_target(survey))
    return any(manifest.requirements for manifest in manifests)


def advise(survey: Survey) -> Advice:
    """Return every declared package: who uses it, what is wrong with it, and what to do.

    Of a workspace's members only the rows that ask for something are shown.
    """
    manifests = read_manifests(_target(survey))
    read = [_judged(survey, manifest, manifests) for manifest in manifests if not manifest.problem]
    vulnerable = _vulnerable(survey)
    named = [package for each in read for package, _ in each.judged]
    rows = (
        *(row for each in read for row in _rows(survey, each, vulnerable)),
        *_brought(vulnerable, named),
    )
    libraries = load_libraries()
    return Advice(
        advisor="dependencies",
        title=TITLE,
        summary=summary(
            [pair for each in read for pair in each.judged],
            [row.what for each in read for row in each.undeclared],
        ),
        rows=rows,
        notes=_notes(survey, read, libraries),
        commands=_commands(survey, read),
        not_run=(*_unread(manifests), *(() if vulnerable else (_unaudited(survey),))),
    )


@dataclass(frozen=True, slots=True)
class _Matrix:
    """One manifest, and the verdict on each package that it declares."""

    manifest: Manifest
    folder: str
    root: bool
    locked: Locked
    judged: list[tuple[Package, Verdict]]
    undeclared: tuple[AdviceRow, ...]
    node: tuple[int, int]


def _target(survey: Survey) -> Target:
    return Target(Path(survey.context.root), "", "", "", survey.snapshot)


def _judged(survey: Survey, manifest: Manifest, manifests: Sequence[Manifest]) -> _Matrix:
    folder = str(PurePosixPath(manifest.path).parent)
    folder = "" if folder == "." else folder
    root = manifest is manifests[0]
    locked = read_locked(survey.snapshot.get(str(PurePosixPath(folder) / LOCK_FILE)))
    if not root and locked.problem:
        locked = read_locked(survey.snapshot.get(LOCK_FILE))
    standard = Standard(
        load_libraries(),
        least_node(manifest.data) if "engines" in manifest.data else least_node(manifests[0].data),
        approves=bool(survey.platform.packages),
        bundled=bool(_BUNDLERS & manifest.requirements.keys())
        or _is_library(manifest)
        or len(manifests) > 1,
    )
    uses = _uses(survey, manifest, manifests, locked, folder)
    ours = {str(each.data.get("name", "")) for each in manifests}
    packages = [
        package for package in _packages(survey, manifest, locked, uses) if package.name not in ours
    ]
    judged = [(package, judge(package, standard)) for package in packages]
    judged.sort(key=lambda pair: not pair[1].acts)
    others = {name for each in manifests for name in each.requirements}
    known = others | {str(each.data.get("name", "")) for each in manifests}
    members = [str(PurePosixPath(each.path).parent) for each in manifests[1:]] if root else []
    own = {name: _outside(each, members) for name, each in uses.items()}
    undeclared = tuple(_undeclared(locked, known, {n: each for n, each in own.items() if each}))
    return _Matrix(manifest, folder, root, locked, judged, undeclared, standard.node)


_BUNDLERS = frozenset(
    {"vite", "webpack", "next", "nuxt", "parcel", "react-scripts", "@angular/cli", "astro"}
    | {"rollup", "esbuild", "@sveltejs/kit", "gatsby", "expo", "electron", "@remix-run/dev"}
)
"""Tools that put what is imported into the product: there the section says nothing of run time."""


def _outside(uses: Sequence[Use], folders: Sequence[str]) -> list[Use]:
    """Return the uses in files of the root itself: a member's are judged with the member."""
    return [use for use in uses if not any(use.where.path.startswith(f"{at}/") for at in folders)]


def _is_library(manifest: Manifest) -> bool:
    """Tell whether others install the package, so that its sections are promises to them."""
    offered = {"exports", "types", "typings", "module", "files", "publishConfig"}
    return not manifest.data.get("private") and bool(offered & manifest.data.keys())


def _unread(manifests: Sequence[Manifest]) -> Iterator[Skipped]:
    for manifest in manifests:
        if manifest.problem:
            yield Skipped("matrix", manifest.problem)


def _rows(
    survey: Survey, matrix: _Matrix, vulnerable: Mapping[str, Sequence[Finding]]
) -> Iterator[AdviceRow]:
    for package, verdict in matrix.judged:
        if matrix.root or verdict.acts:
            yield _row(survey, package, verdict, matrix.locked, vulnerable)
    yield from matrix.undeclared


def _unaudited(survey: Survey) -> Skipped:
    manager = manager_of(survey.snapshot).name
    return Skipped(
        "known vulnerabilities",
        f"no finding of an {manager} audit report is among the inputs; give {manager} audit --json "
        "as a tool's report",
    )


def least_node(data: Mapping[str, Any]) -> tuple[int, int]:
    """Return the least Node.js version that ``engines`` allows, ``(0, 0)`` when it does not say."""
    engines = data.get("engines")
    wanted = str(engines.get("node", "")) if isinstance(engines, dict) else ""
    if not wanted:
        return (0, 0)
    import nodesemver  # most starts ask for no range

    try:
        either = nodesemver.make_range(wanted, loose=True).set
    except ValueError:
        return (0, 0)
    return min((_floor(together) for together in either), default=(0, 0))


def _floor(together: Sequence[Comparator]) -> tuple[int, int]:
    """Return the least version that comparators which all hold allow."""
    from nodesemver import ANY

    lower = [one.semver for one in together if one.operator in {"", "=", ">", ">="}]
    return max(((one.major, one.minor) for one in lower if one != ANY), default=(0, 0))


# --- what is there -----------------------------------------------------------------------------


def _uses(
    survey: Survey,
    manifest: Manifest,
    manifests: Sequence[Manifest],
    locked: Locked,
    folder: str,
) -> dict[str, list[Use]]:
    declared = tuple(manifest.requirements)
    commands = {command: name for name in declared for command in _commands_of(name, locked)}
    asked = manifests if manifest is manifests[0] else (manifest,)
    scripts = [script for each in asked for script in _scripts(each)]
    paths = [
        path
        for path in survey.snapshot.files
        if is_source(path) and not is_built(path) and (not folder or path.startswith(f"{folder}/"))
    ]
    found: dict[str, list[Use]] = {}
    for use in (
        *imported_packages(survey.snapshot, declared, paths),
        *run_packages(survey.snapshot, commands, scripts),
        *named_packages(survey.snapshot, declared, folder),
    ):
        known = found.setdefault(use.package, [])
        if not (use.named and any(each.where == use.where for each in known)):
            known.append(use)
    return {name: each for name, each in found.items() if each}


def _commands_of(name: str, locked: Locked) -> tuple[str, ...]:
    """Return the commands that a package installs, as its lock entry or common knowledge says."""
    found = (*locked.commands(name), *COMMANDS.get(name, ()))
    return tuple(dict.fromkeys(found))


def _scripts(manifest: Manifest) -> list[tuple[Citation, str, str]]:
    scripts = manifest.data.get("scripts")
    entries = scripts.items() if isinstance(scripts, dict) else ()
    return [(manifest.line("scripts", name), name, str(line)) for name, line in entries]


def _packages(
    survey: Survey, manifest: Manifest, locked: Locked, uses: Mapping[str, Sequence[Use]]
) -> list[Package]:
    wanted = manifest.requirements
    return [
        Package(
            name=name,
            section=_section(manifest, name),
            range=one.range,
            where=one.source,
            uses=tuple(uses.get(name, ())),
            needed_by=_needed_by(name, wanted, locked, uses),
            doubt=_doubt(survey, name, one.range, locked),
        )
        for name, one in wanted.items()
    ]


def _doubt(survey: Survey, name: str, wanted: str, locked: Locked) -> str:
    if loaded := may_be_loaded(name):
        return loaded
    if wanted.startswith(("workspace:", "file:", "link:", "portal:")):
        return "it is a package of this repository"
    if not locked.packages:
        return "without an npm lock file nobody knows which package needs it beside itself"
    if not any(is_source(path) for path in survey.snapshot.files):
        return "the repository holds no source that could import it"
    return ""


def _section(manifest: Manifest, name: str) -> str:
    for section in _SECTIONS:
        entries = manifest.data.get(section)
        if isinstance(entries, dict) and name in entries:
            return section
    return RUNTIME


def _needed_by(
    name: str, wanted: Mapping[str, object], locked: Locked, uses: Mapping[str, Sequence[Use]]
) -> str:
    """Return what needs ``name`` although nothing imports it, or an empty string."""
    if name == "@types/node":
        return "TypeScript"
    typed = name.removeprefix("@types/").replace("__", "/")
    if typed != name:
        typed = f"@{typed}" if "/" in typed else typed
        return typed if typed in uses or typed in wanted else ""
    return next((other for other in wanted if name in locked.peers(other)), "")


def _vulnerable(survey: Survey) -> dict[str, list[Finding]]:
    """Return the findings of ``npm audit`` by the package that they are about."""
    found: dict[str, list[Finding]] = {}
    for finding in survey.audit.findings:
        said = [one.detail for one in finding.origins if one.format == "npm-audit"]
        name = NAME.match(said[0] or finding.problem) if said else None
        if name is not None:
            found.setdefault(name[0], []).append(finding)
    return found


# --- rows --------------------------------------------------------------------------------------


def _row(
    survey: Survey,
    package: Package,
    verdict: Verdict,
    locked: Locked,
    vulnerable: Mapping[str, Sequence[Finding]],
) -> AdviceRow:
    known = vulnerable.get(package.name, ())
    parts = [f"{package.section}, {package.range}", *_installed(package, locked), _used(package)]
    parts += [f"{finding.severity.value.lower()} vulnerability" for finding in known]
    fixes = "; ".join(dict.fromkeys(finding.fix for finding in known if finding.fix))
    target = f"{verdict.target}; {fixes}" if fixes else verdict.target
    ids = [finding.id for finding in known] + _speaking_of(survey, package.name)
    return AdviceRow(
        what=package.name,
        where=package.where,
        now="; ".join(parts),
        target=target,
        why=verdict.why,
        findings=tuple(dict.fromkeys(ids)),
    )


def _installed(package: Package, locked: Locked) -> list[str]:
    version = locked.version(package.name)
    if not version:
        return []
    along = locked.along(package.name)
    script = ", runs an install script" if locked.builds(package.name) else ""
    return [f"{version} with {along} more{script}"]


def _used(package: Package) -> str:
    """Say where a package is used, by scope, with the first places."""
    parts = []
    for scope in Scope:
        uses = package.used_in(scope)
        if uses:
            places = list(dict.fromkeys(use.where for use in uses))
            more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
            how = " by name" if all(use.named for use in uses) else ""
            parts.append(f"{scope.value}{how}: {', '.join(map(str, places[:_SHOWN]))}{more}")
    if not parts:
        return f"needed by {package.needed_by}" if package.needed_by else f"use {NOT_FOUND}"
    return "; ".join(parts)


def _undeclared(
    locked: Locked, declared: set[str], uses: Mapping[str, Sequence[Use]]
) -> Iterator[AdviceRow]:
    for name in sorted(set(uses) - declared):
        typed = f"@types/{name.lstrip('@').replace('/', '__')}" in declared
        types_only = all(use.scope is Scope.TYPES for use in uses[name])
        if typed and types_only:
            continue
        places = [use.where for use in uses[name]]
        version = locked.version(name)
        brought = f"; {version} comes along with another package" if version else ""
        runs = any(use.scope is Scope.PRODUCTION for use in uses[name])
        yield AdviceRow(
            what=name,
            where=places[0],
            now=f"imported, not declared{brought}",
            target=f"declare in {RUNTIME if runs else DEVELOPMENT}, or stop importing it",
            why="it breaks when the package that brings it along drops it",
        )


def _brought(
    vulnerable: Mapping[str, Sequence[Finding]], packages: Sequence[Package]
) -> Iterator[AdviceRow]:
    declared = {package.name for package in packages}
    for name in sorted(set(vulnerable) - declared):
        for finding in vulnerable[name]:
            yield AdviceRow(
                what=name,
                where=Citation(LOCK_FILE),
                now=f"comes along; {finding.severity.value.lower()} vulnerability",
                target=finding.fix,
                why=finding.problem,
                findings=(finding.id,),
            )


def _speaking_of(survey: Survey, name: str) -> list[str]:
    word = re.compile(rf"(?<![\w@/.-]){re.escape(name)}(?![\w/-])")
    return [
        finding.id
        for finding in survey.audit.findings
        if any(PurePosixPath(place.path).name == "package.json" for place in finding.places)
        and word.search(f"{finding.problem}\n{finding.evidence}\n{finding.fix}")
    ]


# --- words -------------------------------------------------------------------------------------


def _notes(survey: Survey, read: Sequence[_Matrix], libraries: Libraries) -> tuple[str, ...]:
    notes = [
        "No use found means none in imports, strings, scripts, hooks, pipelines, images and "
        "configuration, short names included; what may be loaded in another way is for review",
    ]
    if any(each.locked.packages for each in read):
        notes.append(
            "The lock file holds no install sizes, so the matrix counts the packages that come "
            "along, shared ones included"
        )
    if survey.platform.packages:
        notes.append(
            f"Approved by name: {', '.join(libraries.approved)}; the lists are policy, in "
            "data/policies/libraries.yaml"
        )
    for each in read[:1]:
        if each.locked.problem:
            notes.append(each.locked.problem)
        if each.node == (0, 0):
            notes.append(
                "engines names no Node.js version, so nothing is compared with its own APIs"
            )
    if len(read) > 1:
        notes.append(
            f"{len(read)} manifests were read; of a workspace's members only the rows that ask for "
            "something are shown"
        )
    return tuple(notes)


def _commands(survey: Survey, read: Sequence[_Matrix]) -> tuple[str, ...]:
    manager = manager_of(survey.snapshot)
    lines = []
    for each in read:
        at = each.folder
        for outcome in (Outcome.REMOVE, Outcome.TO_DEVELOPMENT, Outcome.TO_RUNTIME):
            lines += [
                manager.change(outcome, package.name, at)
                for package, verdict in each.judged
                if verdict.outcome is outcome and NAME.fullmatch(package.name)
            ]
    return (*filter(None, lines), *manager.audit)
