"""Check that the caller owns what it names."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import after_line, apply, end, indent, start, step
from mendbook.code.functions import body, handler_function, parameters
from mendbook.code.module_text import Module, modules
from mendbook.code.replies import refusal
from mendbook.code.test_files import is_test
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task

_COMPARED = re.compile(r"(\w+(?:\.\w+)+)\s*[=!]==?\s*(\w+(?:\.\w+)+)")
_KEYS = ("NOT_AUTHORIZED", "UNAUTHORIZED", "FORBIDDEN", "ACCESS_DENIED")


def _rewrite(task: Task) -> Change | str:
    compared = _COMPARED.search(task.finding.fix)
    if compared is None:
        return "the fix names no comparison of an owner with the caller"
    owned, caller = compared.groups()
    if not _is_set(task, owned, caller):
        return f"nothing in the code sets {owned.partition('.')[2]} to {caller}"
    for module in targets(task):
        for scope in scopes(task, module):
            function = handler_function(scope) if scope != module.root else None
            block = body(function) if function is not None else None
            if function is None or block is None:
                continue
            return _guard(task, module, function, block, owned, caller)
    return "the function that the finding names is not there"


def _is_set(task: Task, owned: str, caller: str) -> bool:
    """Tell whether the code really writes the caller into the owner's property."""
    parent, _, key = owned.partition(".")[2].rpartition(".")
    pattern = re.compile(
        rf"\b{re.escape(parent.rpartition('.')[2])}\b\s*[:=]\s*\{{[^{{}}]*\b{re.escape(key)}\s*:\s*"
        rf"{re.escape(caller)}\b"
    )
    return any(
        pattern.search(one.text) for one in modules(task.snapshot, caller) if not is_test(one.path)
    )


def _guard(
    task: Task, module: Module, function: SgNode, block: SgNode, owned: str, caller: str
) -> Change | str:
    name = owned.partition(".")[0]
    if owned in block.text() and re.search(rf"{re.escape(owned)}\s*!==", block.text()):
        return f"{owned} is compared already"
    if caller.partition(".")[0] not in parameters(function):
        return f"{caller.partition('.')[0]} is no parameter of the function"
    check = _null_check(block, name)
    if check is None:
        return f"no check that {name} exists is there to put the guard behind"
    answer = refusal(task.snapshot, module, block, _KEYS, "Not authorized")
    if isinstance(answer, str):
        return answer
    margin = indent(module.text, start(check))
    statement, imports = answer
    lines = (
        f"\n{margin}if ({owned} !== {caller}) {{\n"
        f"{margin}{step(module.text)}{statement}\n{margin}}}\n"
    )
    return Change(
        summary=f"Refuse callers that do not own the {name}",
        edits={
            module.path: apply(module.text, [after_line(module.text, end(check), lines), *imports])
        },
        risk=f"Callers that act on somebody else's {name} are refused; a moderator's tool that "
        "relies on it would be, too.",
    )


def _null_check(block: SgNode, name: str) -> SgNode | None:
    pattern = re.compile(rf"if\s*\(\s*!{re.escape(name)}\s*\)")
    checks = [one for one in block.children() if one.kind() == "if_statement"]
    return next((one for one in checks if pattern.match(one.text())), None)


_BEFORE = """\
export const mute = createHandler("mute", schema, async (payload, socket) => {
  const producer = find(payload.producerId);
  if (!producer) {
    return { success: false, error: "No such thing" };
  }

  await producer.pause();
  return { success: true };
});

export const produce = createHandler("produce", schema, async (payload, socket) => {
  await make({ appData: { userId: socket.data.user.id } });
  return { success: true };
});
"""

RECIPE = Recipe(
    name="guard-ownership",
    message="Knowing an id is not owning the thing: compare its owner with the caller.",
    words=r"own(s|er|ership)|===",
    rewrite=_rewrite,
    examples=(
        Example(
            "the owner is compared behind the check that it exists",
            asking(
                "Nothing checks that the caller owns the producer",
                "Verify producer.appData.userId === socket.data.user.id",
                "src/a.ts",
                "mute",
            ),
            {"src/a.ts": _BEFORE},
            {
                "src/a.ts": _BEFORE.replace(
                    '"No such thing" };\n  }\n',
                    '"No such thing" };\n  }\n\n'
                    "  if (producer.appData.userId !== socket.data.user.id) {\n"
                    '    return { success: false, error: "Not authorized" };\n  }\n',
                    1,
                )
            },
        ),
        Example(
            "an owner that nobody sets is not trusted",
            asking(
                "Nothing checks the owner",
                "Verify producer.meta.owner === socket.data.user.id",
                "src/a.ts",
                "mute",
            ),
            {"src/a.ts": _BEFORE},
            refuses="nothing in the code sets meta.owner",
        ),
    ),
)
