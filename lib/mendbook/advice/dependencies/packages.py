"""The declared packages of a manifest, each with its uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mendbook.advice.advisor import Survey
from mendbook.advice.dependencies.commands import COMMANDS
from mendbook.advice.dependencies.judge import DEVELOPMENT, RUNTIME, Package
from mendbook.advice.dependencies.locked import Locked
from mendbook.advice.dependencies.named import may_be_loaded, named_packages
from mendbook.advice.dependencies.usage import Use, imported_packages, run_packages
from mendbook.advice.production_code import is_built
from mendbook.code.trees import is_source
from mendbook.model import Citation
from mendbook.repository.manifest import Manifest

_SECTIONS = (RUNTIME, "optionalDependencies", "peerDependencies", DEVELOPMENT)


def uses_of(
    survey: Survey,
    manifest: Manifest,
    manifests: Sequence[Manifest],
    locked: Locked,
    folder: str,
) -> dict[str, list[Use]]:
    """Return every use of each package in the code that a manifest is for."""
    declared = tuple(manifest.requirements)
    commands = {command: name for name in declared for command in _commands_of(name, locked)}
    asked = manifests if manifest is manifests[0] else (manifest,)
    scripts = [script for each in asked for script in _scripts(each)]
    paths = [
        path
        for path in survey.snapshot.files
        if is_source(path) and not is_built(path) and (not folder or path.startswith(f"{folder}/"))
    ]
    uses: dict[str, list[Use]] = {}
    for use in (
        *imported_packages(survey.snapshot, declared, paths),
        *run_packages(survey.snapshot, commands, scripts),
        *named_packages(survey.snapshot, declared, folder),
    ):
        known = uses.setdefault(use.package, [])
        if not (use.named and any(each.where == use.where for each in known)):
            known.append(use)
    return {name: each for name, each in uses.items() if each}


def _commands_of(name: str, locked: Locked) -> tuple[str, ...]:
    """Return the commands that a package installs, as its lock entry or common knowledge says."""
    commands = (*locked.commands(name), *COMMANDS.get(name, ()))
    return tuple(dict.fromkeys(commands))


def _scripts(manifest: Manifest) -> list[tuple[Citation, str, str]]:
    scripts = manifest.data.get("scripts")
    entries = scripts.items() if isinstance(scripts, dict) else ()
    return [(manifest.line("scripts", name), name, str(line)) for name, line in entries]


def packages_of(
    survey: Survey, manifest: Manifest, locked: Locked, uses: Mapping[str, Sequence[Use]]
) -> list[Package]:
    """Return the packages that a manifest declares, each with its uses and what speaks for it."""
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
