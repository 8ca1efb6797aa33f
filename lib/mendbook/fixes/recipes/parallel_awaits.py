"""Await independent calls together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, indent, start, step
from mendbook.code.functions import free_names, pattern_names
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.fixes.changing_calls import changes_something, one_at_a_time
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import AT_ONCE
from mendbook.fixes.task import Task
from mendbook.fixes.touched_keys import callee_text, touched_keys
from mendbook.fixes.words import meant, named_spans
from mendbook.model import Operation


@dataclass(frozen=True, slots=True)
class _Step:
    """One statement that awaits one call: ``await f()`` or ``const x = await f()``."""

    statement: SgNode
    call: SgNode
    binds: SgNode | None
    typed: str = ""


_PAIR = 2
"""Of so many calls side by side, a quote of one means both: there is no other to join it with."""
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNTED = re.compile(rf"\b({'|'.join(_COUNTS)})\b", re.IGNORECASE)


def _told(fix: str) -> int:
    """Return how many calls a fix text speaks of; 0 where it does not say."""
    said = _COUNTED.search(re.sub(r"`[^`]*`", "", fix))
    return _COUNTS[said[1].lower()] if said is not None else 0


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no two awaited calls stand side by side in the code that the finding names"
    settled = bool(re.search(r"allSettled", task.finding.fix))
    for module in targets(task):
        for scope in scopes(task, module):
            runs = _runs(scope)
            spans = [(start(run[0].statement), end(run[-1].statement)) for run in runs]
            named = bool(task.finding.symbols) and scope != module.root
            for at in named_spans(spans, module.path, module.text, task.finding, named):
                run = runs[at]
                quoted = meant([one.statement for one in run], module, task.finding)
                chosen = [one for one in run if one.statement in quoted] or run
                if len(chosen) == 1 < len(run):
                    reason = f"the finding quotes one of {len(run)} awaited calls side by side"
                    chosen = run if len(run) == _PAIR else []
                if (told := _told(task.finding.fix)) and told != len(chosen):
                    reason = f"the fix speaks of {told} calls, and {len(chosen)} are quoted"
                    chosen = run if told == len(run) else []
                for group in _groups(chosen):
                    reason = _dependent(task, group, settled)
                    if not reason:
                        return _change(module, group, settled)
    return reason


def _runs(scope: SgNode) -> list[list[_Step]]:
    """Return the runs of two and more statements that each await one call."""
    runs: list[list[_Step]] = []
    for block in find_all(scope, "statement_block"):
        run: list[_Step] = []
        for statement in [*block.named_children(), block]:
            awaited = _step(statement) if statement.kind() != "comment" else None
            if awaited is not None:
                run.append(awaited)
            elif statement.kind() != "comment":
                runs += [run] if len(run) > 1 else []
                run = []
    return runs


def _groups(run: Sequence[_Step]) -> list[list[_Step]]:
    """Split a run where calls for their value and calls for their effect meet."""
    groups: list[list[_Step]] = []
    for one in run:
        if groups and (groups[-1][-1].binds is None) == (one.binds is None):
            groups[-1].append(one)
        else:
            groups.append([one])
    return [group for group in groups if len(group) > 1]


def _step(statement: SgNode) -> _Step | None:
    binds, typed = None, ""
    if statement.kind() == "expression_statement":
        awaited = statement.named_children()[0]
    else:
        declarators = [
            one for one in statement.named_children() if one.kind() == "variable_declarator"
        ]
        if not statement.text().startswith("const ") or len(declarators) != 1:
            return None
        value, binds = declarators[0].field("value"), declarators[0].field("name")
        if value is None or binds is None:
            return None
        said = declarators[0].field("type")
        typed = said.text().lstrip(": ") if said is not None else ""
        awaited = value
    if awaited.kind() != "await_expression":
        return None
    call = awaited.named_children()[0]
    return _Step(statement, call, binds, typed) if call.kind() == "call_expression" else None


def _dependent(task: Task, group: Sequence[_Step], settled: bool) -> str:
    """Return why the calls may depend on each other; empty where nothing says that they do."""
    if group[0].binds is None:
        return _effects_meet(task, group)
    if settled:
        return "allSettled gives other values than the code after the calls expects"
    if any(one.typed for one in group) and not all(one.typed for one in group):
        return "only some of the values have a declared type"
    taken: set[str] = set()
    for one in group:
        if shared := taken & free_names(one.call):
            return f"a later call uses what an earlier one gives ({', '.join(sorted(shared))})"
        taken |= pattern_names(one.binds) if one.binds is not None else set()
        callee = callee_text(one.call)
        if not re.fullmatch(r"[\w$.?]+", callee):
            return "one of the calls is made on a value that is computed first"
        if word := changes_something(callee):
            return f"{callee} may change what the others read ({word})"
        if receiver := one_at_a_time(callee):
            return f"{receiver} serves one call at a time"
        arguments = one.call.field("arguments")
        work = ("call_expression", "new_expression", "await_expression", "update_expression")
        if arguments is not None and find_all(arguments, *work):
            return f"an argument of {callee} is computed by another call"
    return ""


def _effects_meet(task: Task, group: Sequence[_Step]) -> str:
    """Return why calls that are made for their effect may not run at once."""
    seen: set[str] = set()
    for one in group:
        touched = touched_keys(task.snapshot, one.call)
        if touched is None:
            return f"what {callee_text(one.call)} touches cannot be told from the code"
        if shared := seen & touched:
            return f"both calls touch {', '.join(sorted(shared))}"
        seen |= touched
    return ""


def _change(module: Module, group: Sequence[_Step], settled: bool) -> RecipeChange:
    text = module.text
    first, last = group[0].statement, group[-1].statement
    margin, tab = indent(text, start(first)), step(text)
    method = "Promise.allSettled" if settled else "Promise.all"
    names = ", ".join(one.binds.text() for one in group if one.binds is not None)
    types = ", ".join(one.typed for one in group if one.typed)
    left = f"const [{names}]{f': [{types}]' if types else ''} = " if names else ""
    lines = [f"{left}await {method}(["]
    for above, one in zip([None, *group], group, strict=False):
        lines += _between(module, above, one, f"{margin}{tab}") if above is not None else []
        lines.append(f"{margin}{tab}{_shifted(one.call, tab)},")
    edit = Edit(start(first), end(last), "\n".join([*lines, f"{margin}]){semicolon(module)}"]))
    said = f"await {len(group)} independent calls together with {method}"
    removes = [f"await {one.call.text()}" for one in group]
    return RecipeChange(
        summary="Await independent calls together",
        edits={module.path: apply(text, [edit])},
        why="No call uses what another gives or touches, so they need not queue.",
        risk="All calls are under way at once, so their order is open; when one fails, the "
        "others run on.",
        contracts=(
            claim(module.path, text, [edit], Operation.WRAP, said, [f"await {method}(["], removes),
        ),
    )


def _between(module: Module, above: _Step, below: _Step, margin: str) -> list[str]:
    """Return the comments between two statements, each on a line of its own."""
    between = module.text[end(above.statement) : start(below.statement)]
    return [f"{margin}{line.strip()}" for line in between.splitlines() if line.strip()]


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
_ASKED = asking("Sequential await calls", "Use Promise.all", "src/a.ts", "leave")
_FORECAST = """\
export async function forecast(station) {
  const wind = await api.wind(station, { days: 3 });
  // From the buoys
  const waves = await api.waves(station);
  const tide = await tides.current(station);
  return { wind, waves, tide };
}
"""

RECIPE = Recipe(
    name="parallel-awaits",
    message="Calls that do not need each other need not wait for each other.",
    words=r"sequential(ly)?|serial(ly)? await|Promise\.all|concurrent|parallel"
    r"|await.{0,30}(in sequence|one by one|one after)|one after the other"
    r"|at once|at the same time|simultaneous|independent|depend on (each|one an)other"
    r"|(neither|none) needs the other",
    remedy=rf"Promise\.all|needs the other|{AT_ONCE}",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "three reads of a weather station",
            asking("Three awaits in sequence", "Use Promise.all", "web/forecast.js", "forecast"),
            {"web/forecast.js": _FORECAST},
            {
                "web/forecast.js": """\
export async function forecast(station) {
  const [wind, waves, tide] = await Promise.all([
    api.wind(station, { days: 3 }),
    // From the buoys
    api.waves(station),
    tides.current(station),
  ]);
  return { wind, waves, tide };
}
"""
            },
        ),
        Example(
            "declared types stay, tabs too",
            asking("Serial awaits", "Run them concurrently", "src/a.ts", "bill"),
            {
                "src/a.ts": "async function bill(id: string) {\n"
                "\tconst rows: Row[] = await ledger.rows(id)\n"
                "\tconst { rate } = await taxes.of(id)\n\treturn use(rows, rate)\n}\n"
                "async function both(id: string) {\n"
                "\tconst rows: Row[] = await ledger.rows(id)\n"
                "\tconst rate: number = await taxes.of(id)\n\treturn use(rows, rate)\n}\n"
            },
            refuses="only some of the values have a declared type",
        ),
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
            "data that flows from one to the other",
            asking("Serial awaits", "Use Promise.all", "src/a.ts"),
            {
                "src/a.ts": "async function f(redis: Redis) {\n"
                '  const a = await redis.get("a");\n  const b = await redis.get(a);\n'
                "  return b;\n}\n"
            },
            refuses="a later call uses what an earlier one gives (a)",
        ),
        Example(
            "a call that writes keeps its place",
            asking("Three awaits in sequence", "Use Promise.all", "web/forecast.js", "forecast"),
            {"web/forecast.js": _FORECAST.replace("api.waves", "api.refreshWaves")},
            refuses="may change what the others read (refresh)",
        ),
        Example(
            "a transaction answers one question at a time",
            asking("Three awaits in sequence", "Use Promise.all", "web/forecast.js", "forecast"),
            {"web/forecast.js": _FORECAST.replace("tides.", "tx.")},
            refuses="tx serves one call at a time",
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
