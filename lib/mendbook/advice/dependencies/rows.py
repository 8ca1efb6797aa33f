"""The rows about packages: declared, undeclared, and brought along."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from mendbook.advice.advisor import Survey
from mendbook.advice.dependencies.judge import DEVELOPMENT, RUNTIME, Package, Verdict
from mendbook.advice.dependencies.locked import FILE as LOCK_FILE
from mendbook.advice.dependencies.locked import Locked
from mendbook.advice.dependencies.matrix import Matrix
from mendbook.advice.dependencies.usage import Scope, Use
from mendbook.advice.rows import NOT_FOUND
from mendbook.model import AdviceRow, Citation, Finding

_SHOWN = 2


def package_rows(
    survey: Survey, matrix: Matrix, vulnerable: Mapping[str, Sequence[Finding]]
) -> Iterator[AdviceRow]:
    """Yield a row for each package: all at the top, below it those to act on."""
    for package, verdict in matrix.judged:
        if matrix.root or verdict.acts:
            yield _row(survey, package, verdict, matrix.locked, vulnerable)
    yield from matrix.undeclared


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


def undeclared_rows(
    locked: Locked, declared: set[str], uses: Mapping[str, Sequence[Use]]
) -> Iterator[AdviceRow]:
    """Yield a row for each package that code imports and no manifest declares."""
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


def brought_along(
    vulnerable: Mapping[str, Sequence[Finding]], packages: Sequence[Package]
) -> Iterator[AdviceRow]:
    """Yield a row for each vulnerable package that only comes along with another."""
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
