"""Ask declarations that can be seen whether a call may be written so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.module_text import imports, parse_text
from mendbook.code.modules.resolver import resolve
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.called.argument_types import unlike_argument
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.language import Language, language_of, parse
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    callee_text,
    declarations,
    name_of,
    of_kinds,
    parameter_name,
    parameters,
    text_of,
)
from mendbook.fixes.task import Task

_OPTIONAL = {"optional_parameter", "assignment_pattern", "rest_pattern", "default_parameter"}
_OPTION_CALLS = re.compile(
    r"^(?:fetch|axios(?:\.\w+)?|got(?:\.\w+)?|ky(?:\.\w+)?|\w+\.addEventListener|\w*[lL]imiter"
    r"|res\.cookie|reply\.setCookie|\w+\.setCookie|rateLimit|cors|helmet|session|multer"
    r"|express\.json|express\.urlencoded|bodyParser\.\w+|useQuery|JSON\.parse)$"
)


def signature(task: Task, scene: Scene, call: SgNode) -> SgNode | None:
    """Return the function that ``call`` surely calls, or None where that cannot be seen."""
    text = callee_text(call)
    owner, _, name = text.rpartition(".")
    if not owner:
        return _function(task, scene, name)
    kind = _type_of(scene, call, owner)
    return _method(task, scene, kind, name) if kind else _member(task, scene, owner, name)


def _function(task: Task, scene: Scene, name: str) -> SgNode | None:
    """Return the function ``name`` of this file, or of the module it is imported from."""
    for root, language in _homes(task, scene, name):
        for one in declarations(root, name, language):
            value = one.field("value")
            if one.kind() in language.functions:
                return one
            if value is not None and value.kind() in language.functions:
                return value
            if one.kind() in language.classes:
                return _constructor(one, language)
    return None


def _constructor(declared: SgNode, language: Language) -> SgNode | None:
    constructors = [
        one
        for one in of_kinds(declared, language.functions)
        if name_of(one) in {"constructor", "__init__"}
    ]
    return constructors[0] if constructors else None


def _member(task: Task, scene: Scene, owner: str, name: str) -> SgNode | None:
    """Return ``name`` of a module that is imported as ``owner``, or of an own class."""
    for root, language in _homes(task, scene, owner):
        functions = [
            one
            for one in declarations(root, f"{owner}.{name}", language)
            if one.kind() in language.functions
        ]
        if functions:
            return functions[0]
    return None


def _method(task: Task, scene: Scene, kind: str, name: str) -> SgNode | None:
    for root, language in _homes(task, scene, kind):
        methods = [
            one
            for one in declarations(root, f"{kind}.{name}", language)
            if one.kind() in language.functions
        ]
        if methods:
            return methods[0]
    return None


def _homes(task: Task, scene: Scene, name: str) -> Iterator[tuple[SgNode, Language]]:
    """Yield the trees in which ``name`` is declared: this file's, or the module's it is from."""
    yield scene.root, scene.language
    path = _imported_from(task, scene, name)
    text = task.snapshot.get(path) if path else None
    language = language_of(path) if path else None
    if text is not None and language is not None:
        yield parse(language, text), language


def _imported_from(task: Task, scene: Scene, name: str) -> str | None:
    if scene.language.script:
        module = parse_text(scene.path, scene.text)
        binding = next((one for one in imports(module) if one.local == name), None)
        return resolve(task.snapshot, scene.path, binding.specifier) if binding else None
    if scene.language.python:
        found_py = re.search(
            rf"^from ([\w.]+) import (?:[^\n]*\b|\([^)]*\b){re.escape(name)}\b", scene.text, re.M
        )
        if found_py is None:
            return None
        stem = found_py[1].lstrip(".").replace(".", "/")
        ends = (f"{stem}.py", f"{stem}/__init__.py")
        paths = [one for one in task.snapshot.files if one.endswith(ends)]
        return paths[0] if len(paths) == 1 else None
    return None


def _type_of(scene: Scene, call: SgNode, owner: str) -> str:
    """Return the class that the receiver of a call is declared to be, or nothing."""
    if owner in {"this", "self"}:
        around = next((o for o in call.ancestors() if o.kind() in scene.language.classes), None)
        return name_of(around) if around is not None else ""
    name = owner.rpartition(".")[2]
    declared = re.findall(
        rf"(?<![\w$.]){re.escape(name)}\??\s*:\s*([A-Z][\w$]*)\b(?!\s*[<\[.])", scene.text
    )
    constructed = re.findall(
        rf"(?<![\w$]){re.escape(name)}\s*=\s*(?:new\s+)?([A-Z][\w$]*)\(", scene.text
    )
    kinds = set(declared) | set(constructed)
    return kinds.pop() if len(kinds) == 1 else ""


def takes_named(function: SgNode, key: str) -> bool:
    """Tell whether a declared function of Python takes the keyword ``key``."""
    given = parameters(function)
    return any(parameter_name(one) == key or one.text().startswith("**") for one in given)


def refuse_keyword(task: Task, scene: Scene, call: SgNode, key: str) -> None:
    """Raise ``Abstain`` where the called function is seen not to take the keyword ``key``."""
    function = signature(task, scene, call)
    if function is None:
        return
    if not takes_named(function, key):
        names = [parameter_name(one) for one in parameters(function)]
        raise Abstain(f"{name_of(function)} takes no {key}; it takes {', '.join(names) or 'none'}")


def takes_options(task: Task, scene: Scene, call: SgNode) -> None:
    """Raise ``Abstain`` where nothing says that one more argument, an object, may be given."""
    function = signature(task, scene, call)
    if function is None:
        if _OPTION_CALLS.match(callee_text(call)):
            return
        raise Unplaced(f"whether {callee_text(call)} takes options there cannot be seen")
    if len(parameters(function)) <= len(arguments(call)):
        raise Abstain(f"{callee_text(call)} takes no further argument")


def misfit(task: Task, scene: Scene, call: SgNode) -> str:
    """Say how a call does not fit the declaration that it is seen to mean; nothing if it does."""
    function = signature(task, scene, call)
    if function is None:
        return ""
    given = arguments(call)
    listed = parameters(function)
    if any("spread" in one.kind() or "splat" in one.kind() for one in given):
        return ""
    if scene.language.python:
        return _python_misfit(function, given, listed)
    most = len([one for one in listed if text_of(one.field("pattern")) != "this"])
    least = sum(1 for one in listed if one.kind() not in _OPTIONAL and one.field("value") is None)
    rest = any("..." in one.text()[:3] for one in listed)
    if (len(given) > most and not rest) or (len(given) < least and not scene_is_untyped(scene)):
        return f"{callee_text(call)} takes {most} arguments and would be given {len(given)}"
    return unlike_argument(call, function, scene.language)


def scene_is_untyped(scene: Scene) -> bool:
    """Tell whether the file is JavaScript, where every argument may be left out."""
    return scene.language.name == "javascript"


def _python_misfit(function: SgNode, given: list[SgNode], listed: list[SgNode]) -> str:
    names = [parameter_name(one) for one in listed]
    if names[:1] and names[0] in {"self", "cls"}:
        listed, names = listed[1:], names[1:]
    if any(one.text().startswith("*") for one in listed):
        return ""
    positional = [one for one in given if one.kind() != "keyword_argument"]
    keywords = {text_of(one.field("name")) for one in given if one.kind() == "keyword_argument"}
    unknown = keywords - set(names)
    if unknown:
        return f"{name_of(function)} takes no {', '.join(sorted(unknown))}"
    if len(positional) > len(names):
        return f"{name_of(function)} takes {len(names)} arguments, not {len(positional)}"
    required = [
        name
        for name, one in zip(names, listed, strict=True)
        if one.kind() not in {"default_parameter", "typed_default_parameter"}
    ]
    lacking = [name for name in required[len(positional) :] if name not in keywords]
    return f"{name_of(function)} needs {', '.join(lacking)}" if lacking else ""
