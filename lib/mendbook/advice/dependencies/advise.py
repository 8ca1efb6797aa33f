"""Advise on dependencies: a matrix from ``package.json``, the lock file and the code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from mendbook.advice.advisor import Survey
from mendbook.advice.dependencies.commands import manager_of
from mendbook.advice.dependencies.judge import Outcome, Standard, judge
from mendbook.advice.dependencies.locked import FILE as LOCK_FILE
from mendbook.advice.dependencies.locked import read_locked
from mendbook.advice.dependencies.matrix import Matrix
from mendbook.advice.dependencies.node_version import least_node
from mendbook.advice.dependencies.packages import packages_of, uses_of
from mendbook.advice.dependencies.rows import brought_along, package_rows, undeclared_rows
from mendbook.advice.dependencies.summary import summary
from mendbook.advice.dependencies.usage import NAME, Use
from mendbook.model import Advice, Finding, Skipped
from mendbook.policy.libraries import Libraries, load_libraries
from mendbook.repository.manifest import Manifest, read_manifests
from mendbook.repository.target import Target

TITLE = "Dependency Removal Matrix"


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
        *(row for each in read for row in package_rows(survey, each, vulnerable)),
        *brought_along(vulnerable, named),
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


def _target(survey: Survey) -> Target:
    return Target(Path(survey.context.root), "", "", "", survey.snapshot)


def _judged(survey: Survey, manifest: Manifest, manifests: Sequence[Manifest]) -> Matrix:
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
    uses = uses_of(survey, manifest, manifests, locked, folder)
    ours = {str(each.data.get("name", "")) for each in manifests}
    packages = [
        package
        for package in packages_of(survey, manifest, locked, uses)
        if package.name not in ours
    ]
    judged = [(package, judge(package, standard)) for package in packages]
    judged.sort(key=lambda pair: not pair[1].acts)
    others = {name for each in manifests for name in each.requirements}
    known = others | {str(each.data.get("name", "")) for each in manifests}
    members = [str(PurePosixPath(each.path).parent) for each in manifests[1:]] if root else []
    own = {name: _outside(each, members) for name, each in uses.items()}
    undeclared = tuple(undeclared_rows(locked, known, {n: each for n, each in own.items() if each}))
    return Matrix(manifest, folder, root, locked, judged, undeclared, standard.node)


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


def _unaudited(survey: Survey) -> Skipped:
    manager = manager_of(survey.snapshot).name
    return Skipped(
        "known vulnerabilities",
        f"no finding of an {manager} audit report is among the inputs; give {manager} audit --json "
        "as a tool's report",
    )


def _vulnerable(survey: Survey) -> dict[str, list[Finding]]:
    """Return the findings of ``npm audit`` by the package that they are about."""
    by_package: dict[str, list[Finding]] = {}
    for finding in survey.audit.findings:
        said = [one.detail for one in finding.origins if one.format == "npm-audit"]
        name = NAME.match(said[0] or finding.problem) if said else None
        if name is not None:
            by_package.setdefault(name[0], []).append(finding)
    return by_package


def _notes(survey: Survey, read: Sequence[Matrix], libraries: Libraries) -> tuple[str, ...]:
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


def _commands(survey: Survey, read: Sequence[Matrix]) -> tuple[str, ...]:
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
