"""A search through a list in each turn of a loop, as a look into a dict that is made before it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from mendbook.code.edits import Edit, line_start
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.pythonic.request import Request, step_request
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.told.spoken import spoken, words
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_TOLD = words("index indexed dict dictionary map mapping lookup look looked")
_BY = re.compile(r"\bby\s+(?:their\s+|its\s+|the\s+)?([A-Za-z]\w*)")
_BEFORE = words("before once outside above ahead built precompute")


@dataclass(frozen=True, slots=True)
class _Search:
    """``next((row for row in rows if row.key == wanted), None)``."""

    node: ast.Call
    row: str
    rows: str
    key: str
    wanted: str
    defaults: bool


def indexed_before(work: Work, ask: Ask) -> StepEdits | None:
    """*Index the rows by their code before the loop (by_code) and look it up there*."""
    request = step_request(work, ask.unticked)
    if request is None:
        return None
    told = spoken(ask, lambda word: False)
    if not told.has(*_TOLD) or not told.has(*_BEFORE, "loop", "search", "searching"):
        return None
    searches = [one for node in request.nodes() if (one := _search(node)) is not None]
    if len(searches) != 1:
        return None
    search = searches[0]
    known = {one.id for one in ast.walk(request.file.tree) if isinstance(one, ast.Name)}
    names = {
        match[0] for one in told.codes if (match := re.match(r"[A-Za-z_]\w*", one)) is not None
    }
    new = sorted(names - known - {search.row, "dict"})
    plain = [one for one in new if re.fullmatch(r"[a-z_]\w*", one)]
    if len(plain) != 1 or len(new) != 1:
        return None
    said = {one.lower() for one in _BY.findall(ask.unticked)} - set(names)
    said |= {plain[0].removeprefix("by_")} if plain[0].startswith("by_") else set()
    key = search.key.lower()
    if any(one not in key and one.rstrip("s") not in key for one in said):
        raise Abstain(f"the search is by `{search.key}`", final=True)
    return _indexed(request, search, plain[0], told.codes)


def _search(node: ast.AST) -> _Search | None:
    match node:
        case ast.Call(
            func=ast.Name(id="next"),
            args=[
                ast.GeneratorExp(
                    elt=ast.Name(id=row),
                    generators=[
                        ast.comprehension(
                            target=ast.Name(id=target),
                            iter=rows,
                            ifs=[ast.Compare(left=left, ops=[ast.Eq()], comparators=[right])],
                            is_async=0,
                        )
                    ],
                ),
                *default,
            ],
            keywords=[],
        ) if row == target and len(default) < 2 and isinstance(node, ast.Call):
            reads = [_reads(one, row) for one in (left, right)]
            if reads[0] == reads[1] or _reads(rows, row):
                return None
            key, wanted = (left, right) if reads[0] else (right, left)
            if default and not (isinstance(default[0], ast.Constant) and default[0].value is None):
                return None
            return _Search(
                node, row, ast.unparse(rows), ast.unparse(key), ast.unparse(wanted), bool(default)
            )
    return None


def _reads(node: ast.AST, name: str) -> bool:
    return any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(node))


def _indexed(request: Request, search: _Search, name: str, codes: tuple[str, ...]) -> StepEdits:
    loop = _loop_around(request, search.node)
    if loop is None:
        raise Abstain("the search stands in no loop")
    root = re.match(r"[A-Za-z_]\w*", search.rows)
    if root is None or _is_set(loop, root[0]) or re.fullmatch(r"[\w.]+", search.rows) is None:
        raise Abstain(f"{search.rows} is another one in each turn")
    if re.search(
        rf"\b{re.escape(search.rows)}\.(?:append|remove|insert|pop|extend|clear)\(",
        request.source(loop),
    ):
        raise Abstain(f"{search.rows} is changed in the loop")
    source = _sources(request, search)
    read = f"{name}.get({source[1]})" if search.defaults else f"{name}[{source[1]}]"
    told = [one for one in codes if re.match(rf"{re.escape(name)}\s*[.\[]", one)]
    if any(_plain(one) not in {_plain(read), f"{name}.get", f"{name}.get()"} for one in told):
        raise Abstain(f"`{told[0]}` does not do what the search does, which is `{read}`")
    made = f"{name} = {{{source[0]}: {search.row} for {search.row} in {search.rows}}}"
    built = [one for one in codes if re.match(rf"{re.escape(name)}\s*=", one)]
    if built and _plain(built[0]) != _plain(made):
        raise Abstain(f"`{built[0]}` is not `{made}`")
    begin, stop = request.file.span(search.node)
    top = request.file.span(loop)[0]
    row = f"{request.margin(loop)}{made}\n"
    edits = [
        Edit(line_start(request.file.text, top), line_start(request.file.text, top), row),
        Edit(begin, stop, read),
    ]
    said = f"look `{source[1]}` up in {name}, made before the loop"
    return request.step_edits(Operation.REPLACE, said, edits, [made, read])


def _sources(request: Request, search: _Search) -> tuple[str, str]:
    """Return the key and what is looked up, as they are written in the file."""
    generator = search.node.args[0]
    compare = generator.generators[0].ifs[0] if isinstance(generator, ast.GeneratorExp) else None
    if not isinstance(compare, ast.Compare):
        return search.key, search.wanted
    sides = [request.source(one) for one in (compare.left, compare.comparators[0])]
    return (sides[0], sides[1]) if _reads(compare.left, search.row) else (sides[1], sides[0])


def _loop_around(request: Request, node: ast.AST) -> ast.For | ast.AsyncFor | None:
    loops = [
        one
        for one in ast.walk(request.file.tree)
        if isinstance(one, ast.For | ast.AsyncFor)
        and any(each is node for statement in one.body for each in ast.walk(statement))
    ]
    return loops[-1] if loops else None


def _is_set(loop: ast.For | ast.AsyncFor, name: str) -> bool:
    return any(
        isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Store)
        for one in ast.walk(loop)
    )


def _plain(code: str) -> str:
    return re.sub(r"\s+", "", code).replace('"', "'")


PYTHON_INDEXED = (indexed_before,)
