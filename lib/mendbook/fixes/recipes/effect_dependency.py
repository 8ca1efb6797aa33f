"""Add to a hook's dependencies what its function reads."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, insert, replace
from mendbook.code.functions import FUNCTIONS, free_names, function_around, local_names
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.endless_effects import endless_effect
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation

_HOOK = r"^(React\.)?use(Effect|LayoutEffect|InsertionEffect|Callback|Memo)\("

_ROLE = re.compile(
    r"\b(?:effect|hook|callback|memo)\s+(?:(?:that|which)\s+)?"
    r"(?:calls?|calling|runs|around|with|fetches|loads|uses)\s+`?([A-Za-z_$][\w$]*)"
)
"""What tells a hook from the others, and is no dependency that is asked for."""


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no hook with a list of dependencies stands in the code that the finding names"
    said = f"{task.finding.fix}\n{task.finding.problem}"
    for module in targets(task):
        hooks = [
            hook
            for scope in scopes(task, module)
            for hook in find_all(scope, "call_expression", regex=_HOOK)
            if _parts(hook) is not None
        ]
        roles = {one[1] for one in _ROLE.finditer(task.finding.fix)}
        hooks = [one for one in hooks if all(_speaks(one, role) for role in roles)]
        pairs = [
            (hook, name)
            for hook in hooks
            for name in _missing(hook)
            if name not in roles and re.search(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", said)
        ]
        reason = "no dependency that the finding names is missing" if hooks else reason
        chosen = meant([hook for hook, _ in pairs], module, task.finding)
        names = [name for hook, name in pairs if hook in chosen]
        if len({hook.range().start.index for hook in chosen}) == 1:
            return _change(module, chosen[0], names)
        if chosen:
            reason = "several hooks read it, and the finding does not say which"
    return reason


def _speaks(hook: SgNode, name: str) -> bool:
    return re.search(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", hook.text()) is not None


def _parts(hook: SgNode) -> tuple[SgNode, SgNode] | None:
    """Return the hook's function and its array of dependencies."""
    given = hook.field("arguments")
    parts = given.named_children() if given is not None else []
    both = len(parts) == 2 and parts[0].kind() in FUNCTIONS and parts[1].kind() == "array"
    return (parts[0], parts[1]) if both else None


def _missing(hook: SgNode) -> list[str]:
    """Return what the hook's function reads of the component and does not depend on."""
    parts, component = _parts(hook), function_around(hook)
    if parts is None or component is None:
        return []
    function, listed = parts
    inner = local_names(function)
    for one in find_all(function, *FUNCTIONS):
        inner |= local_names(one)
    own = local_names(component) - inner
    there = {one.text().partition(".")[0] for one in listed.named_children()}
    return sorted((free_names(function) & own) - there)


def _change(module: Module, hook: SgNode, names: list[str]) -> RecipeChange | str:
    parts = _parts(hook)
    if parts is None:
        return "the hook has no list of dependencies"
    listed = parts[1].named_children()
    text = ", ".join(names)
    edit = insert(end(listed[-1]), f", {text}") if listed else replace(parts[1], f"[{text}]")
    if listed and "\n" in module.text[end(listed[-1]) : end(parts[1])]:
        edit = _on_own_lines(module, listed[-1], names)
    new = apply(module.text, [edit])
    if endless := endless_effect(module.path, module.text, new):
        return endless
    return RecipeChange(
        summary=f"Let the hook depend on {text}",
        edits={module.path: new},
        risk=f"The hook now runs again whenever {text} changes.",
        contracts=(
            claim(
                module.path,
                module.text,
                [edit],
                Operation.ADD,
                f"add {text} to the hook's dependencies",
                names,
            ),
        ),
    )


def _on_own_lines(module: Module, last: SgNode, names: list[str]) -> Edit:
    margin = re.search(r"[ \t]*$", module.text[: last.range().start.index])
    gap = f",\n{margin[0]}" if margin is not None else ", "
    return insert(end(last), "".join(f"{gap}{name}" for name in names))


_MAP = """\
export function Map({ city, zoom }) {
  useEffect(() => {
    draw(city, zoom);
  }, [city]);
  useEffect(() => {
    log(city);
  }, [city]);
  return <div />;
}
"""
_SEARCH = """\
export function useSearch(term: string) {
  const [page] = useState(1)
  return useMemo(() => find(term, page), [])
}
"""
_BARN = """\
export function useBarn(farm: string) {
  const [barn, setBarn] = useState({})
  useEffect(() => {
    load(farm).then((hay) => setBarn({ ...barn, hay }))
  }, [farm])
  return barn
}
"""

RECIPE = Recipe(
    name="effect-dependency",
    message="A hook that does not depend on what it reads works with old values.",
    words=r"depend|stale",
    remedy=r"depend|\bdeps\b|\barray\b|\blist\b",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a property of the component",
            asking("The effect reads zoom", "Add it to the dependencies", "web/Map.jsx", "Map"),
            {"web/Map.jsx": _MAP},
            {"web/Map.jsx": _MAP.replace("zoom);\n  }, [city]", "zoom);\n  }, [city, zoom]")},
        ),
        Example(
            "an empty list, two names",
            asking("useMemo is stale", "Depend on term and page", "src/search.ts", "useSearch"),
            {"src/search.ts": _SEARCH},
            {"src/search.ts": _SEARCH.replace("page), [])", "page), [page, term])")},
        ),
        Example(
            "what tells the hook is no dependency",
            asking("It is stale", "The hook around find depends on page", "src/search.ts"),
            {"src/search.ts": _SEARCH.replace("(term: string)", "(term: string, find: Find)")},
            {
                "src/search.ts": _SEARCH.replace(
                    "(term: string)", "(term: string, find: Find)"
                ).replace("page), [])", "page), [page])")
            },
        ),
        Example(
            "what the effect sets itself",
            asking("The effect reads barn", "Depend on barn", "web/useBarn.ts", "useBarn"),
            {"web/useBarn.ts": _BARN},
            refuses="sets barn each time it runs",
        ),
        Example(
            "what is there stays",
            asking("The effect reads city", "Add city to its dependencies", "web/Map.jsx", "Map"),
            {"web/Map.jsx": _MAP},
            refuses="no dependency that the finding names is missing",
        ),
    ),
)
