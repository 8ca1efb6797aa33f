"""Find the declarations that a symbol of a finding means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.references.declare import declaration
from mendbook.code.references.index import Index
from mendbook.code.references.occur import declares, names_in
from mendbook.code.references.outline import DEFAULT, Declared
from mendbook.code.references.provider import Subject
from mendbook.code.references.type_shape import UNKNOWN, Op
from mendbook.model import Finding, PlaceKind
from mendbook.text.globs import matches

_MARK = "decorator"


def named_files(finding: Finding, index: Index) -> tuple[str, ...]:
    """Return the source files that the finding's places name, in their order."""
    paths: dict[str, None] = {}
    for place in finding.places:
        if place.kind is PlaceKind.FILE:
            several: Iterable[str] = (place.path,)
        elif place.kind is PlaceKind.DIRECTORY:
            several = index.snapshot.under(place.path)
        elif place.kind is PlaceKind.PATTERN:
            several = (path for path in index.files if matches(path, place.path))
        else:
            several = ()
        paths.update((path, None) for path in several)
    return tuple(path for path in paths if path in index.snapshot and syntax.is_source(path))


def declarations(index: Index, symbol: str, files: Iterable[str]) -> tuple[Subject, ...]:
    """Return what ``symbol`` (``name`` or ``Class.member``) declares in ``files``.

    Names inside functions count only where no other fits.
    """
    owner, _, name = symbol.rpartition(".")
    owner = owner.rpartition(".")[2]
    holding = [
        path
        for path in files
        if path in index.snapshot and (name == DEFAULT or name in index.snapshot.text(path))
    ]
    subjects = [
        Subject(path, one)
        for path in holding
        for one in index.outline(path).everything()
        if one.name == name and (not owner or one.owner == owner)
    ]
    if not subjects:
        subjects = [
            Subject(path, one)
            for path in holding
            for whole, one in index.outline(path).held()
            if whole == symbol or whole.endswith(f".{symbol}")
        ]
        subjects = subjects if owner or len(subjects) == 1 else []
    if not subjects and not owner:
        subjects = [Subject(path, one) for path in holding for one in _local(index, path, name)]
    return tuple(subjects)


def anywhere(index: Index, symbol: str) -> tuple[Subject, ...]:
    """Return what ``symbol`` declares in any file, names inside functions left out."""
    name = symbol.rpartition(".")[2]
    subjects = declarations(index, symbol, index.mentions([name]))
    return tuple(subject for subject in subjects if not subject.declared.local)


def functions_at(index: Index, finding: Finding) -> tuple[Subject, ...]:
    """Return the functions at the finding's lines, else every function of its files."""
    functions: list[Subject] = []
    for path in named_files(finding, index):
        lines = [one.line for one in finding.places if one.path == path and one.line is not None]
        for at in index.outline(path).everything():
            here = not lines or any(at.first_line <= line <= at.end_line for line in lines)
            if here and at.shape.op in {Op.FUNCTION, Op.CALL}:
                functions.append(Subject(path, at))
    return tuple(functions)


def declared_at(index: Index, path: str, line: int) -> Subject | None:
    """Return what ``line`` of ``path`` is a part of: the innermost named function or method.

    Else the method whose decorators stand there, else the class or variable of the module.
    """
    outline = index.outline(path)
    every = [*outline.everything(), *(inner for _, inner in outline.held())]
    below = _below_decorators(index, path, line)
    functions = [at for at in every if at.shape.op is Op.FUNCTION]
    modules = [at for at in every if _is_of_module(at)]
    for several, at_line in ((functions, line), (functions, below), (modules, below)):
        around = [at for at in several if at.first_line <= at_line <= at.end_line]
        innermost = max(around, key=lambda at: at.first_line, default=None)
        if innermost is not None:
            return Subject(path, innermost)
    return None


def title_of(index: Index, subject: Subject) -> str:
    """Return the name of what is declared as a person says it: also ``follow.post`` of objects."""
    at = subject.declared
    if not at.owner.startswith("@"):
        return f"{at.owner}.{at.name}" if at.owner else at.name
    held = index.outline(subject.file).held()
    return next((name for name, one in held if one == at), at.name)


def _is_of_module(at: Declared) -> bool:
    return not (at.owner or at.local or at.name == DEFAULT) and at.kind in {"class", "variable"}


def _below_decorators(index: Index, path: str, line: int) -> int:
    """Return the line of what a decorator at ``line`` decorates; ``line`` for anything else."""
    lines = index.lines(path)
    if not 0 < line <= len(lines):
        return line
    first = lines[line - 1]
    node = syntax.node_at(index.tree(path).root, line - 1, len(first) - len(first.lstrip()))
    at: SgNode | None = next(
        (one for one in (node, *node.ancestors()) if one.kind() == _MARK), None
    )
    while at is not None and at.kind() in {_MARK, "comment"}:
        at = at.next()
    return at.range().start.line + 1 if at is not None else line


def _local(index: Index, path: str, name: str) -> Iterator[Declared]:
    for node in names_in(path, index.tree(path).root, [name]):
        parent = node.parent()
        if parent is not None and declares(node, parent):
            yield declaration(parent, node, UNKNOWN, local=True)
