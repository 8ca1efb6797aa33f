"""A prop that goes from its component and from the callers that the text names or counts."""

from __future__ import annotations

import re

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.props import bound_in, without_prop
from mendbook.fixes.instruction.script.roles.heard import heard
from mendbook.fixes.instruction.work import StepEdits, Work

_GO = {
    "delete", "deleted", "drop", "dropped", "get", "go", "goes", "longer", "no", "out", "remove",
    "removed", "rid", "stop", "strip", "take",
}  # fmt: skip
_WORDS = {
    "all", "any", "both", "call", "caller", "callers", "component", "components", "dead",
    "definition", "each", "every", "everywhere", "ignored", "ignores", "interface", "its", "more",
    "never", "nobody", "not", "nothing", "only", "page", "pages", "pass", "passed", "passes",
    "passing", "places", "prop", "property", "props", "read", "reads", "signature", "sites",
    "three", "two", "type", "unused", "usages", "use", "used", "uses", "where", "wherever",
}  # fmt: skip
_ELSEWHERE = {
    "caller", "callers", "everywhere", "pages", "pass", "passed", "passes", "passing", "places",
    "usages", "uses", "wherever",
}  # fmt: skip


def prop_gone(work: Work, ask: Ask) -> StepEdits | None:
    """*Delete the `compact` prop of `Card`, also where `List` passes it*: from all of them."""
    scene = work.scene
    spoken = heard(ask, _GO | _WORDS)
    if not spoken.says(_GO) or spoken.kept:
        return None
    names = list(dict.fromkeys(one.strip("<>/") for one in spoken.names))
    own = {one.rpartition(".")[2] for one in scene.task.finding.symbols}
    components = [one for one in names if bound_in(scene, one) is not None]
    if not components and len(own) == 1 and bound_in(scene, one := next(iter(own))) is not None:
        components = [one]
    if len(components) != 1:
        return None
    bound = bound_in(scene, components[0]) or []
    props = [one for one in names if one in bound]
    callers = [one for one in names if one not in {*components, *props}]
    if len(props) != 1 or not (callers or spoken.says(_ELSEWHERE)):
        return None
    if not all(_is_caller(scene, one) for one in callers):
        return None
    change = without_prop(work, components[0], props[0])
    if change is None:
        return None
    paths = {path for path, _ in change.edits} - {scene.path}
    for caller in callers:
        if not any(_is_in(scene, path, caller) for path in paths):
            raise Abstain(f"{caller} does not pass {props[0]}", final=True)
    told = [path for path in paths if any(_is_in(scene, path, one) for one in callers)]
    if callers and len(told) != len(paths):
        raise Abstain(f"others than {', '.join(callers)} pass {props[0]}, too", final=True)
    if not callers and spoken.count and spoken.count != len(paths):
        raise Abstain(f"{len(paths)} files pass {props[0]}", final=True)
    return change


def _is_caller(scene: Scene, name: str) -> bool:
    """Tell whether a name may be a component that renders another, or a file of the tree."""
    files = any(path.endswith(name) for path in scene.task.snapshot.files)
    return re.fullmatch(r"[A-Z][\w$]*", name) is not None or files


def _is_in(scene: Scene, path: str, name: str) -> bool:
    """Tell whether a file is called so, or declares a component that is."""
    stem = path.rpartition("/")[2].partition(".")[0]
    bare = name.rpartition("/")[2].partition(".")[0]
    text = scene.task.snapshot.get(path) or ""
    declared = rf"(?:function|const|class)\s+{re.escape(bare)}\b"
    return stem == bare or re.search(declared, text) is not None


PROPS_GONE = (prop_gone,)
