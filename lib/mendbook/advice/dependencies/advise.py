"""Advise on dependencies: a matrix from ``package.json``, the lock file and the code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from mendbook.advice.advisor import Survey
from mendbook.advice.dependencies.judge import (
    DEVELOPMENT,
    RUNTIME,
    Package,
    Verdict,
    judge,
)
from mendbook.advice.dependencies.locked import FILE as LOCK_FILE
from mendbook.advice.dependencies.locked import Locked, read_locked
from mendbook.advice.dependencies.usage import (
    NAME,
    Scope,
    Use,
    configured_packages,
    imported_packages,
    run_packages,
)
from mendbook.advice.reading import NOT_FOUND
from mendbook.model import Advice, AdviceRow, Finding, Skipped
from mendbook.policy.libraries import Libraries, load_libraries
from mendbook.repository.manifest import Manifest, read_manifests
from mendbook.repository.target import Target

TITLE = "Dependency Removal Matrix"
_SECTIONS = (RUNTIME, "optionalDependencies", "peerDependencies", DEVELOPMENT)
_SHOWN = 2


def advise(survey: Survey) -> Advice:
    """Return every declared package: who uses it, what is wrong with it, and what to do."""
    target = Target(Path(survey.context.root), "", "", "", survey.snapshot)
    manifests = read_manifests(target)
    if not manifests or manifests[0].problem:
        reason = manifests[0].problem if manifests else "there is no package.json"
        summary = "No package.json could be read, so no dependency could be judged."
        return Advice("dependencies", TITLE, summary, (), not_run=(Skipped("matrix", reason),))
    manifest = manifests[0]
    folder = PurePosixPath(manifest.path).parent
    locked = read_locked(survey.snapshot.get(str(folder / LOCK_FILE)))
    libraries, node = load_libraries(), least_node(manifest.data)
    uses = _uses(survey, manifest, locked)
    packages = _packages(manifest, locked, uses)
    judged = [(package, judge(package, libraries, node)) for package in packages]
    judged.sort(key=lambda pair: not pair[1].acts)
    vulnerable = _vulnerable(survey)
    rows = (
        *(_row(survey, package, verdict, locked, vulnerable) for package, verdict in judged),
        *_undeclared(manifest, locked, packages, uses),
        *_brought(vulnerable, packages),
    )
    return Advice(
        advisor="dependencies",
        title=TITLE,
        summary=_summary(judged, rows),
        rows=rows,
        notes=_notes(manifests, locked, libraries, node),
        commands=_commands(judged),
        not_run=() if vulnerable else (_NO_AUDIT,),
    )


_NO_AUDIT = Skipped(
    "known vulnerabilities",
    "no finding of an npm audit report is among the inputs; give npm audit --json as a tool's "
    "report",
)


def least_node(data: Mapping[str, Any]) -> tuple[int, int]:
    """Return the least Node.js version that ``engines`` allows, ``(0, 0)`` when it does not say."""
    engines = data.get("engines")
    wanted = str(engines.get("node", "")) if isinstance(engines, dict) else ""
    found = [
        (int(match[1]), int(match[2] or 0))
        for match in re.finditer(r"(?<![<\d.])(\d{1,3})(?:\.(\d{1,3}))?(?:\.\d+)*", wanted)
    ]
    return min(found, default=(0, 0))


# --- what is there -----------------------------------------------------------------------------


def _uses(survey: Survey, manifest: Manifest, locked: Locked) -> dict[str, list[Use]]:
    declared = tuple(manifest.requirements)
    commands = {command: name for name in declared for command in locked.commands(name)}
    found: dict[str, list[Use]] = {}
    for use in (
        *imported_packages(survey.snapshot, declared),
        *run_packages(survey.snapshot, commands, _scripts(manifest)),
        *configured_packages(survey.snapshot, declared),
    ):
        found.setdefault(use.package, []).append(use)
    return found


def _scripts(manifest: Manifest) -> dict[str, str]:
    scripts = manifest.data.get("scripts")
    entries = scripts.items() if isinstance(scripts, dict) else ()
    return {manifest.line("scripts", name): f"{name}: {line}" for name, line in entries}


def _packages(
    manifest: Manifest, locked: Locked, uses: Mapping[str, Sequence[Use]]
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
        )
        for name, one in wanted.items()
    ]


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
        return typed if typed in uses else ""
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
            parts.append(f"{scope.value}{how}: {', '.join(places[:_SHOWN])}{more}")
    if not parts:
        return f"needed by {package.needed_by}" if package.needed_by else f"use {NOT_FOUND}"
    return "; ".join(parts)


def _undeclared(
    manifest: Manifest,
    locked: Locked,
    packages: Sequence[Package],
    uses: Mapping[str, Sequence[Use]],
) -> Iterator[AdviceRow]:
    declared = {package.name for package in packages} | {str(manifest.data.get("name", ""))}
    for name in sorted(set(uses) - declared):
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
                where=LOCK_FILE,
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


def _summary(judged: Sequence[tuple[Package, Verdict]], rows: Sequence[AdviceRow]) -> str:
    removed = [package.name for package, verdict in judged if verdict.move == "remove"]
    moved = [
        package.name
        for package, verdict in judged
        if verdict.acts
        and (verdict.move in {RUNTIME, DEVELOPMENT} or DEVELOPMENT in verdict.target)
    ]
    replaced = [package.name for package, verdict in judged if verdict.target.startswith("replace")]
    unlisted = [package.name for package, verdict in judged if verdict.target == "review"]
    undeclared = [row.what for row in rows if row.now.startswith("imported, not declared")]
    said = [
        _counted(removed, "can be removed"),
        _counted(moved, "stands in the wrong section", "stand in the wrong section"),
        _counted(replaced, "repeats what Node.js has", "repeat what Node.js has"),
        _counted(unlisted, "is not approved", "are not approved"),
        _counted(undeclared, "is imported but not declared", "are imported but not declared"),
    ]
    runtime = sum(package.section == RUNTIME for package, _ in judged)
    first = f"Production declares {runtime} packages, development {len(judged) - runtime}"
    return "; ".join([first, *filter(None, said)] if any(said) else [first, "nothing is to change"])


def _counted(names: Sequence[str], one: str, many: str = "") -> str:
    return f"{', '.join(names)} {one if len(names) == 1 else many or one}" if names else ""


def _notes(
    manifests: Sequence[Manifest], locked: Locked, libraries: Libraries, node: tuple[int, int]
) -> tuple[str, ...]:
    notes = [
        "The lock file holds no install sizes, so the matrix counts the packages that come along, "
        "shared ones included",
        f"Approved by name: {', '.join(libraries.approved)}; the lists are policy, in "
        "data/policies/libraries.yaml",
        "No use found means none in imports, strings, scripts, pipelines and configuration; a tool "
        "that loads packages by another name is not seen",
    ]
    if locked.problem:
        notes.append(locked.problem)
    if node == (0, 0):
        notes.append("engines names no Node.js version, so nothing is compared with its own APIs")
    if len(manifests) > 1:
        others = ", ".join(manifest.path for manifest in manifests[1:])
        notes.append(
            f"The matrix covers {manifests[0].path}; the workspaces are left out: {others}"
        )
    return tuple(notes)


def _commands(judged: Sequence[tuple[Package, Verdict]]) -> tuple[str, ...]:
    flags = {
        "remove": "npm uninstall",
        DEVELOPMENT: "npm install --save-dev",
        RUNTIME: "npm install --save-prod",
    }
    lines = [
        f"{command} {package.name}"
        for move, command in flags.items()
        for package, verdict in judged
        if verdict.move == move and NAME.fullmatch(package.name)
    ]
    return (*lines, "npx depcheck", "npm audit --audit-level=high")
