"""A text that grows in a loop, built by a builder: Go's strings.Builder, Java's StringBuilder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.told.spoken import words
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, start, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_BUILDER = re.compile(r"\b(?:strings\.Builder|StringBuilder)(?:\{\}|\(\))?")
_WORDS = words(
    "use a an the with build built building it this that text string strings instead of"
    " rather than in place loop append appending to collect assemble lines and return its"
    " replace by one here inside write writing rows result output into for through via join"
    " each concatenation concatenating concatenate repeated prefer switch over from new grow"
    " growing accumulate accumulating content message report receipt once at end then do"
    " gather should must has be as plain all every iteration turn pass out back make let them"
    " parts pieces += +"
)
_LOOPS = ("for_statement", "enhanced_for_statement", "while_statement", "do_statement")
_DECLARES = ("short_var_declaration", "var_declaration", "local_variable_declaration")


_TEXT_OF_IT = re.compile(r"\b(?:\w+\.)?(?:toString|String)\(\)")
_POINTS = words("the a an its this that each every whole of")


def _is_idle(words: Sequence[str], at: int) -> bool:
    """Tell whether a word asks for nothing more: a usual one, or the noun for what is built."""
    if words[at].lower() in _WORDS:
        return True
    return (
        at > 0
        and words[at - 1].lower() in _POINTS
        and re.fullmatch(r"[a-z]+", words[at]) is not None
    )


@dataclass(frozen=True, slots=True)
class _Growth:
    """A statement that makes the text longer, and what it adds."""

    statement: SgNode
    added: tuple[str, ...]


def built(work: Work, ask: Ask) -> StepEdits | None:
    """*Use a StringBuilder*, *strings.Builder instead of +=*: for the one text that grows."""
    scene = work.scene
    written = ask.unticked
    if _BUILDER.search(written) is None:
        return None
    homes = around(scene)
    if len(homes) != 1:
        return None
    home = homes[0]
    names = {one.text() for one in of_kinds(home, ("identifier", "field_identifier"))}
    plain = _TEXT_OF_IT.sub(" ", _BUILDER.sub(" ", written))
    words = [one.strip(".") for one in re.findall(r"\+=|\+|[\w.]+", plain)]
    if any(one not in names and not _is_idle(words, at) for at, one in enumerate(words)):
        return None
    name = _growing(scene, home)
    declared = _declared(home, name)
    go = scene.language.name == "go"
    edits = [_declares(scene, declared, name, go=go)]
    seen: list[tuple[int, int]] = [(start(declared), end(declared))]
    for one in _growths(home, name):
        edits.append(_appended(one, name, go=go))
        seen.append((start(one.statement), end(one.statement)))
    for read, text in _reads(home, name, seen, go=go):
        edits.append(replaced(read, text))
    call = f"{name}.WriteString(" if go else f"{name}.append("
    kind = "strings.Builder" if go else "StringBuilder"
    said = f"build `{name}` with a {kind}"
    return step_edits(scene, Operation.REPLACE, said, edits, [call, kind], [], {})


def _growing(scene: Scene, home: SgNode) -> str:
    """Return the name of the one text that grows in a loop in what is quoted."""
    names = {
        name
        for one in of_kinds(home, ("assignment_statement", "assignment_expression"))
        if touches_quote(scene, one)
        and any(each.kind() in _LOOPS for each in one.ancestors())
        and (name := _grown(one)) is not None
    }
    if len(names) != 1:
        raise Abstain(f"{len(names)} texts grow in a loop in the code quoted")
    return names.pop()


def _grown(one: SgNode) -> str | None:
    """Return the name that ``x += …`` or ``x = x + …`` makes longer."""
    left, right = text_of(one.field("left")), one.field("right")
    if right is None or not re.fullmatch(r"\w+", left):
        return None
    sign = text_of(one.field("operator")) or re.sub(r"^\w+\s*|\s.*$", "", one.text(), flags=re.S)
    if sign == "+=":
        return left
    first = _operands(right)[0] if sign == "=" else None
    return left if first is not None and first.text() == left and _is_sum(right) else None


def _is_sum(node: SgNode) -> bool:
    node = _bare(node)
    return node.kind() == "binary_expression" and text_of(node.field("operator")) == "+"


def _bare(node: SgNode) -> SgNode:
    inner = node.named_children()
    return inner[0] if node.kind() == "expression_list" and len(inner) == 1 else node


def _operands(node: SgNode) -> list[SgNode]:
    """Return what a chain of ``+`` joins, from the left."""
    node = _bare(node)
    left, right = node.field("left"), node.field("right")
    if not _is_sum(node) or left is None or right is None:
        return [node]
    return [*_operands(left), right]


def _declared(home: SgNode, name: str) -> SgNode:
    declarations = [
        one
        for one in of_kinds(home, _DECLARES)
        if re.match(rf"(?:var\s+|String\s+|final\s+|var\s+)*{name}\b", one.text())
    ]
    others = [
        one
        for one in of_kinds(home, ("formal_parameter", "parameter_declaration", "range_clause"))
        if re.search(rf"\b{name}\b", text_of(one.field("name") or one.field("left")))
    ]
    if len(declarations) != 1 or others:
        raise Abstain(f"{name} is declared {len(declarations) + len(others)} times")
    if any(one.kind() in _LOOPS for one in declarations[0].ancestors() if start(one) > start(home)):
        raise Abstain(f"{name} is declared in a loop")
    return declarations[0]


_GO = (
    r"(?:var\s+{0}\s+string(?:\s*=\s*(?P<a>\S.*))?|var\s+{0}\s*=\s*(?P<b>\S.*)|{0}\s*:=\s*"
    r"(?P<c>\S.*))"
)
_JAVA = r"(?:String|var)\s+{0}\s*=\s*(?P<a>.*?);?"


def _declares(scene: Scene, one: SgNode, name: str, *, go: bool) -> Edit:
    form = re.compile((_GO if go else _JAVA).format(re.escape(name)), re.DOTALL)
    told = form.fullmatch(one.text().strip())
    if told is None:
        raise Abstain(f"how {name} begins is not plain")
    first = next((part.strip() for part in told.groups() if part), "")
    if not re.fullmatch(r"\"(?:[^\"\\]|\\.)*\"|`[^`]*`|", first):
        raise Abstain(f"how {name} begins is not plain")
    empty = first in {"", '""', "``"}
    if go:
        lead = indent(scene.text, start(one))
        code = f"var {name} strings.Builder"
        code += "" if empty else f"\n{lead}{name}.WriteString({first})"
        return replaced(one, code)
    ended = ";" if one.text().rstrip().endswith(";") else ""
    given = "" if empty else first
    return replaced(one, f"StringBuilder {name} = new StringBuilder({given}){ended}")


def _growths(home: SgNode, name: str) -> Iterator[_Growth]:
    for one in of_kinds(home, ("assignment_statement", "assignment_expression", "inc_statement")):
        if text_of(one.field("left")) != name:
            continue
        right = one.field("right")
        if _grown(one) != name or right is None:
            raise Abstain(f"{name} is set anew: {one.text()[:40]}")
        holder = one.parent()
        if one.kind() == "assignment_expression" and (
            holder is None or holder.kind() != "expression_statement"
        ):
            raise Abstain(f"{name} grows within an expression")
        parts = _operands(right)
        texts = [each.text() for each in parts]
        inner = [each for one_of in parts for each in of_kinds(one_of, ("identifier",))]
        if sum(each.text() == name for each in inner) > (texts[0] == name):
            raise Abstain(f"{name} is read where it grows")
        if texts[0] == name:
            yield _Growth(one, tuple(texts[1:]))
        elif len(parts) > 1 and any(_is_text(each) for each in parts[:2]):
            yield _Growth(one, tuple(texts))
        else:
            yield _Growth(one, (_bare(right).text(),))


def _is_text(node: SgNode) -> bool:
    return "string" in node.kind() and "literal" in node.kind()


def _appended(one: _Growth, name: str, *, go: bool) -> Edit:
    if go:
        return replaced(one.statement, f"{name}.WriteString({' + '.join(one.added)})")
    calls = "".join(f".append({_unwrapped(each)})" for each in one.added)
    return replaced(one.statement, f"{name}{calls}")


def _unwrapped(code: str) -> str:
    inner = code[1:-1]
    whole = code.startswith("(") and code.endswith(")") and not re.search(r"[()]", inner)
    return inner if whole else code


def _reads(
    home: SgNode, name: str, seen: Sequence[tuple[int, int]], *, go: bool
) -> Iterator[tuple[SgNode, str]]:
    """Yield each other use of the text, and what it becomes."""
    for one in of_kinds(home, ("identifier",)):
        if one.text() != name or any(a <= start(one) < b for a, b in seen):
            continue
        holder = one.parent()
        tested = holder is not None and _asked_length(holder, name, go=go)
        outer = holder.parent() if holder is not None else None
        if holder is not None and tested:
            denied = outer is not None and outer.text() == f"!{name}.isEmpty()"
            yield (outer, f"{name}.length() > 0") if denied and outer else (holder, str(tested))
            continue
        if not go and holder is not None and holder.kind() == "method_invocation" and re.fullmatch(
            rf"{name}\.length\(\)", holder.text()
        ):  # fmt: skip
            continue
        if any(each.kind() in _LOOPS for each in one.ancestors() if start(each) > start(home)):
            raise Abstain(f"{name} is read in a loop")
        if holder is not None and holder.kind() in {"lambda_expression", "func_literal"}:
            raise Abstain(f"{name} is read in a function of its own")
        yield one, f"{name}.String()" if go else f"{name}.toString()"


def _asked_length(holder: SgNode, name: str, *, go: bool) -> str:
    """Return a test of whether the text is empty as a test of the builder's length."""
    text = re.sub(r"\s+", "", holder.text())
    if go:
        table = {f'{name}!=""': f"{name}.Len() > 0", f'{name}==""': f"{name}.Len() == 0"}
        return table.get(text, "")
    return {f"{name}.isEmpty()": f"{name}.length() == 0"}.get(text, "")


BUILDERS = (built,)
