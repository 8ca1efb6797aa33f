"""Await independent calls together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, indent, start, step
from mendbook.code.functions import declarations, free_names, pattern_names
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module, imports, modules
from mendbook.code.search import find_all
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Change, Example, Recipe, asking
from mendbook.fixes.task import Task

_CALL = re.compile(r"(?:this\.)?(\w+)\.(\w+)\(", re.DOTALL)
_READS = {
    *("get", "mget", "hget", "hmget", "hgetall", "hkeys", "hvals", "hlen", "exists", "ttl", "pttl"),
    *("scard", "smembers", "sismember", "llen", "lrange", "lindex", "zcard", "zscore", "zrange"),
}


_WHOLE = (".flushdb", ".flushall", ".eval", ".evalsha", ".keys", ".multi", ".pipeline")
"""Commands whose keys are not in their first argument."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One statement that awaits one call: ``await f()`` or ``const x = await f()``."""

    statement: SgNode
    call: SgNode
    binds: SgNode | None


def _rewrite(task: Task) -> Change | str:
    reason = "no two awaited calls stand side by side in the code that the finding names"
    for module in targets(task):
        edits: list[Edit] = []
        for scope in scopes(task, module):
            for first, second in _pairs(scope):
                why = _dependent(task, first, second)
                if why:
                    reason = why
                elif not any(edit.end > start(first.statement) for edit in edits):
                    edits.append(_together(module, first, second))
        if edits:
            return Change(
                summary="Await independent calls together",
                edits={module.path: apply(module.text, edits)},
                why="Neither call uses what the other gives or touches, so they need not queue.",
                risk="Both calls are under way at once: the order of their effects is open.",
            )
    return reason


def _pairs(scope: SgNode) -> list[tuple[_Step, _Step]]:
    found = []
    for block in find_all(scope, "statement_block"):
        steps = [_step(one) for one in block.named_children() if one.kind() != "comment"]
        for first, second in pairwise(steps):
            if first is not None and second is not None:
                found.append((first, second))
    return found


def _step(statement: SgNode) -> _Step | None:
    if statement.kind() == "expression_statement":
        awaited = statement.named_children()[0]
        binds = None
    else:
        declarators = [
            one for one in statement.named_children() if one.kind() == "variable_declarator"
        ]
        if not statement.text().startswith("const ") or len(declarators) != 1:
            return None
        value, binds = declarators[0].field("value"), declarators[0].field("name")
        if value is None or binds is None or declarators[0].field("type") is not None:
            return None
        awaited = value
    if awaited.kind() != "await_expression":
        return None
    call = awaited.named_children()[0]
    return _Step(statement, call, binds) if call.kind() == "call_expression" else None


def _dependent(task: Task, first: _Step, second: _Step) -> str:
    """Return why the second call may depend on the first; empty when it provably does not."""
    if first.binds is not None and pattern_names(first.binds) & free_names(second.statement):
        return "the second call uses what the first one gives"
    if (first.binds is None) != (second.binds is None):
        return "one of the calls is awaited for its value, the other for its effect"
    if _is_read(task, first.call) and _is_read(task, second.call):
        return ""
    effects = [_effects(task, one.call) for one in (first, second)]
    for one, touched in zip((first, second), effects, strict=True):
        if touched is None:
            return f"what {_short(one.call)} touches cannot be told from the code"
    shared = (effects[0] or set()) & (effects[1] or set())
    return f"both calls touch {', '.join(sorted(shared))}" if shared else ""


def _short(call: SgNode) -> str:
    callee = call.field("function")
    return callee.text() if callee is not None else "the call"


def _is_read(task: Task, call: SgNode) -> bool:
    """Tell whether the call is a reading Redis command on a client of that name."""
    found = _CALL.match(call.text())
    arguments = call.field("arguments")
    if found is None or arguments is None or find_all(arguments, "await_expression"):
        return False
    return "redis" in found[1].lower() and found[2] in _READS


def _effects(task: Task, call: SgNode) -> set[str] | None:
    """Return the key builders that the called method touches; None when that cannot be told.

    It can be told of a method that is declared once, catches its own errors (so that awaiting
    both together fails no differently), writes no field, and calls nothing but its Redis client,
    its logger, and key builders of its own module.
    """
    found = _CALL.match(call.text())
    arguments = call.field("arguments")
    if (
        found is None
        or arguments is None
        or find_all(arguments, "await_expression", "call_expression")
    ):
        return None
    methods = [
        (module, node)
        for module in modules(task.snapshot, found[2])
        for node in declarations(module.root, found[2])
        if node.kind() == "method_definition" and _named_like(node, found[1])
    ]
    return _touched(*methods[0]) if len(methods) == 1 else None


def _named_like(method: SgNode, receiver: str) -> bool:
    owner = next((one for one in method.ancestors() if one.kind() == "class_declaration"), None)
    label = owner.field("name") if owner is not None else None
    return label is not None and label.text().lower() == receiver.lower()


def _touched(module: Module, method: SgNode) -> set[str] | None:
    block = method.field("body")
    statements = block.named_children() if block is not None else []
    work = [one for one in statements if one.kind() != "comment"]
    if len(work) != 1 or work[0].kind() != "try_statement" or find_all(method, "throw_statement"):
        return None
    if any(one.text().startswith("this.") for one in _targets_of(method)):
        return None
    builders: set[str] = set()
    for call in find_all(method, "call_expression"):
        name = _short(call)
        if re.fullmatch(r"(this\.)?(logger|log)\.\w+", name):
            continue
        if re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
            builders.add(f"{module.path}:{name}")
        elif not re.fullmatch(r"(this\.)?redis\.\w+", name) or name.endswith(_WHOLE):
            return None
    imported = {one.local for one in imports(module)}
    own = {one.partition(":")[2] for one in builders}
    distinct = own and not own & imported and _distinct(module, own)
    return builders if distinct else None


def _targets_of(method: SgNode) -> list[SgNode]:
    kinds = ("assignment_expression", "augmented_assignment_expression", "update_expression")
    found = [one.field("left") or one.field("argument") for one in find_all(method, *kinds)]
    return [one for one in found if one is not None]


def _distinct(module: Module, names: set[str]) -> bool:
    """Tell whether no two key builders of the module make the same text."""
    values = {
        label.text(): value.text()
        for one in find_all(module.root, "variable_declarator")
        if (label := one.field("name")) is not None and (value := one.field("value")) is not None
    }
    made = [
        re.sub(r"\$\{[^}]*\}", "*", value.rpartition("=>")[2].strip())
        for name, value in values.items()
        if re.fullmatch(r"[A-Z][A-Z0-9_]*", name) and value.endswith("`")
    ]
    return all(name in values for name in names) and len(made) == len(set(made))


def _together(module: Module, first: _Step, second: _Step) -> Edit:
    text = module.text
    margin, tab = indent(text, start(first.statement)), step(text)
    between = text[end(first.statement) : start(second.statement)]
    comments = [tab + line.rstrip() for line in between.split("\n")[1:-1] if line.strip()]
    beside = between.split("\n")[0].strip()
    comments = [*([f"{margin}{tab}{beside}"] if beside else []), *comments]
    names = [one.binds.text() for one in (first, second) if one.binds is not None]
    left = f"const [{', '.join(names)}] = " if names else ""
    lines = [
        f"{left}await Promise.all([",
        f"{margin}{tab}{_shifted(first.call, tab)},",
        *comments,
        f"{margin}{tab}{_shifted(second.call, tab)},",
        f"{margin}]){semicolon(module)}",
    ]
    return Edit(start(first.statement), end(second.statement), "\n".join(lines))


def _shifted(call: SgNode, tab: str) -> str:
    return call.text().replace("\r\n", "\n").replace("\n", f"\n{tab}")


_REPOSITORY = """\
const LINKS = (id: number) => `member:${id}:links`;
const DESK = (id: number) => `member:${id}:desk`;

export class MemberStore {
  async dropLink(id: number, link: string): Promise<boolean> {
    try {
      await this.redis.srem(LINKS(id), link);
      return true;
    } catch (err) {
      logger.error({ err }, "failed");
      return false;
    }
  }

  async clearDesk(id: number): Promise<boolean> {
    try {
      await this.redis.del(DESK(id));
      return true;
    } catch (err) {
      return false;
    }
  }
}
"""
_LEAVE = """\
export async function leave(client: Client, memberStore: MemberStore) {
  await memberStore.dropLink(client.id, client.link);
  // And the desk
  await memberStore.clearDesk(client.id);
  done();
}
"""
_ASKED = asking("Sequential await calls", "Use Promise.allSettled", "src/a.ts", "leave")

RECIPE = Recipe(
    name="parallel-awaits",
    message="Calls that do not need each other need not wait for each other.",
    words=r"sequential(ly)? await|serial await|Promise\.all|await.{0,30}(in sequence|one by one)",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "two methods that touch different keys and catch their own errors",
            _ASKED,
            {"src/a.ts": _LEAVE, "src/members.ts": _REPOSITORY},
            {
                "src/a.ts": """\
export async function leave(client: Client, memberStore: MemberStore) {
  await Promise.all([
    memberStore.dropLink(client.id, client.link),
    // And the desk
    memberStore.clearDesk(client.id),
  ]);
  done();
}
"""
            },
        ),
        Example(
            "two reads",
            asking("Serial awaits", "Use Promise.all", "src/a.ts"),
            {
                "src/a.ts": "async function f(redis: Redis) {\n"
                '  const a = await redis.get("a");\n  const b = await redis.hgetall("b");\n'
                "  return use(a, b);\n}\n"
            },
            {
                "src/a.ts": "async function f(redis: Redis) {\n"
                "  const [a, b] = await Promise.all([\n"
                '    redis.get("a"),\n    redis.hgetall("b"),\n  ]);\n'
                "  return use(a, b);\n}\n"
            },
        ),
        Example(
            "data that flows from one to the other",
            asking("Serial awaits", "Use Promise.all", "src/a.ts"),
            {
                "src/a.ts": "async function f(redis: Redis) {\n"
                '  const a = await redis.get("a");\n  const b = await redis.get(a);\n'
                "  return b;\n}\n"
            },
            refuses="uses what the first one gives",
        ),
        Example(
            "two methods that touch the same key keep their order",
            _ASKED,
            {"src/a.ts": _LEAVE, "src/members.ts": _REPOSITORY.replace("DESK(id))", "LINKS(id))")},
            refuses="both calls touch src/members.ts:LINKS",
        ),
        Example(
            "a call that nobody can look into keeps its place",
            _ASKED,
            {"src/a.ts": _LEAVE},
            refuses="cannot be told from the code",
        ),
    ),
)
