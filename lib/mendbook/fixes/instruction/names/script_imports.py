"""Import a name in JavaScript or TypeScript from the one module that exports it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.code.edits import apply
from mendbook.code.exports import exports
from mendbook.code.imports import add_import, required
from mendbook.code.module_text import Module, imports, load, parse_text, specifier_for
from mendbook.code.modules.resolver import resolve
from mendbook.code.test_files import is_test
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.known_exports import known_packages
from mendbook.fixes.instruction.tree.language import language_of
from mendbook.repository.snapshot import Snapshot

_NODE = {
    **dict.fromkeys(
        ("randomUUID", "createHash", "createHmac", "timingSafeEqual", "randomBytes", "randomInt"),
        "node:crypto",
    ),
    "pipeline": "node:stream/promises",
}


def script_import(snapshot: Snapshot, path: str, text: str, name: str, said: str) -> str:
    """Return ``text`` with ``name`` imported from ``said``, or the one module known to export it.

    Raises ``Abstain`` where no module, or more than one, is known to.
    """
    module = parse_text(path, text)
    specifier, default = _script_source(snapshot, module, name, said)
    local = [one for one in required(module).values() if one.startswith(".")]
    if specifier.startswith(".") and local and not any(one.endswith(".js") for one in local):
        specifier = specifier.removesuffix(".js")
    if default:
        raise Abstain(f"{name} is a default export of {specifier}; import it by hand")
    if (typed := _among_types(snapshot, path, text, name, specifier)) is not None:
        return typed
    edits = add_import(module, name, specifier)
    return apply(text, edits)


def _among_types(snapshot: Snapshot, path: str, text: str, name: str, specifier: str) -> str | None:
    """Return ``text`` with a type in the ``import type`` of its module; None without one."""
    home = re.compile(rf"^export\s+(?:declare\s+)?(?:type|interface)\s+{re.escape(name)}\b", re.M)
    listed = re.search(
        rf"^import type \{{(?P<names>[^{{}}]+)\}} from ['\"]{re.escape(specifier)}['\"]", text, re.M
    )
    if listed is None or not any(
        home.search(snapshot.text(one)) for one in snapshot.files if _is_script(one) and one != path
    ):
        return None
    names = listed["names"].rstrip().rstrip(",")
    tail = listed["names"][len(names) :]
    lead = re.search(r"\n[ \t]*(?=\S[^\n]*$)", names)
    gap = lead[0] if lead is not None else " "
    return (
        text[: listed.start("names")] + f"{names},{gap}{name}{tail}" + text[listed.end("names") :]
    )


def _script_source(snapshot: Snapshot, module: Module, name: str, said: str) -> tuple[str, bool]:
    if said and "/" in said and said in snapshot:
        if name not in _exported(snapshot, said):
            raise Abstain(f"{said} does not export {name}")
        return specifier_for(snapshot, module, said), False
    if said:
        return said, False
    homes = [
        one
        for one in snapshot.files
        if _is_script(one)
        and not is_test(one)
        and one != module.path
        and name in snapshot.text(one)
        and name in _exported(snapshot, one)
    ]
    if len(homes) > 1:
        homes = _imported_homes(snapshot, homes, name) or homes
    if len(homes) == 1:
        return specifier_for(snapshot, module, homes[0]), False
    if len(homes) > 1:
        raise Abstain(f"{name} is exported by several modules ({', '.join(homes[:4])})")
    packages = _package_imports(snapshot, name)
    if len(packages) == 1:
        return packages.pop(), False
    if name in _NODE:
        return _NODE[name], False
    known = [one for one in known_packages(name, python=False) if _is_imported(snapshot, one)]
    if len(known) == 1:
        return known[0], False
    raise Abstain(f"{name} is not declared in {module.path}, and no module here exports it")


def _is_imported(snapshot: Snapshot, package: str) -> bool:
    """Tell whether a file of the tree imports ``package``."""
    said = re.compile(rf"(?:from\s+|require\(\s*)['\"]{re.escape(package)}['\"]")
    return any(said.search(snapshot.text(one)) for one in snapshot.files if _is_script(one))


def _is_script(path: str) -> bool:
    language = language_of(path)
    return language is not None and language.script


def _exported(snapshot: Snapshot, path: str) -> set[str]:
    module = load(snapshot, path)
    if module is None:
        return set()
    names = set(exports(module))
    common = re.search(r"module\.exports\s*=\s*\{([^}]*)\}", module.text)
    names |= set(re.findall(r"(?:^|,)\s*([\w$]+)\s*(?=,|:|$)", common[1])) if common else set()
    return names | set(re.findall(r"^exports\.([\w$]+)\s*=", module.text, re.MULTILINE))


def _imported_homes(snapshot: Snapshot, homes: Sequence[str], name: str) -> list[str]:
    """Return those of ``homes`` that other files import ``name`` from."""
    used: set[str] = set()
    for path in snapshot.files:
        module = load(snapshot, path) if name in snapshot.text(path) else None
        for one in imports(module) if module is not None else ():
            if one.imported == name:
                used.add(resolve(snapshot, path, one.specifier) or "")
    return [one for one in homes if one in used]


def _package_imports(snapshot: Snapshot, name: str) -> set[str]:
    """Return the packages from which files of the tree import ``name``."""
    packages: set[str] = set()
    for path in snapshot.files:
        module = load(snapshot, path) if name in snapshot.text(path) else None
        for one in imports(module) if module is not None else ():
            if one.imported == name == one.local and resolve(snapshot, path, one.specifier) is None:
                packages.add(one.specifier)
    return {one for one in packages if not one.startswith(".")}
