"""Edits that do what some words of a fix text say, and not what it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mendbook.code.line_runs import line_runs, line_runs_of, split_lines
from mendbook.code.test_files import is_test
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.checks.too_early import refuse_unsound
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.task import Task

_TIMES = re.compile(r"(?i)^\W*(?P<verb>multiply|divide)\b.*?\bby\s+`?(?P<by>\w+(?:\.\w+)*)")
_OPERATOR = {"multiply": "*", "divide": "/"}
_CALLS = re.compile(
    r"(?i)^\W*(?:also\s+)?(?:call|invoke|run|answer|respond|reply|send)\b.*?\s"
    r"(?P<when>(?:when|if|unless|while|once)\s.+?)\W*$"
)
_STATEMENT = re.compile(r"\s*(?:return\s+)?(?:await\s+)?[\w$]+(?:\.[\w$]+)*\(.*\);?\s*")
_CONDITION = re.compile(r"\b(?:if|unless|when|else|case|catch|except|while)\b|\?|&&|\|\|")
_WORD = re.compile(r"[A-Za-z]{4,}")
_SPEAKS = {
    *("when", "unless", "with", "that", "then", "this"),
    *("does", "have", "been", "only", "there"),
}
_BARE = re.compile(r"\s*(?P<name>[a-z]\w*)\(.*\);\s*")
_MAKES_ONE = re.compile(
    r"\w+,\s*\w+\s*:?=\s*\w+\.New(?:Encoder|Decoder|Reader|Writer|Scanner|Buffer|ReadWriter)\w*\("
)
"""Constructors of Go's library that return what they make, and no error."""
_GAP = re.compile(r"…|[\w\])\"'],\s*\.\.\.\s*[,)\]}]|\(\s*\.\.\.\s*,")
"""An ellipsis among the arguments of a call: the text leaves out what stands there."""
_CUT = re.compile(r"[\"'`](?:…|\.\.\.)\s+\w|[\w)]\s+(?:…|\.\.\.)[\"'`]")
"""A text that begins or ends with an ellipsis and a blank: what is around it is left out."""


def refuse_unmeant(task: Task, text: str, edits: Mapping[str, str]) -> None:
    """Raise ``Abstain`` where an edit leaves out what its order depends on.

    *Multiply by 1000* multiplies; what the text leaves out is no argument; a call that is asked
    for *when* something holds stands below a condition, or in code that is named after it; a
    member is called on something, in Java; what an asynchronous neighbour is waited for, a new
    promise is too.
    """
    refuse_more_told(text)
    refuse_unsound(task, edits)
    for path, after in edits.items():
        if is_test(path):
            continue
        before = task.snapshot.get(path) or ""
        old, new = split_lines(before), split_lines(after)
        for run in line_runs(before, after):
            gone, written = run.gone, run.written
            _refuse_not_first(text, old[: run.old_start], gone, written)
            _refuse_fewer_marks(gone, written)
            _refuse_answer_as_value(text, gone, written)
            _refuse_forbidden(text, gone, written)
            _refuse_beside_its_like(text, gone, written)
            _refuse_other_sum(text, written)
            _refuse_lost_place(text, gone, written)
            _refuse_lost_value(text, gone, written)
            _refuse_eager(path, text, written)
            for at, line in enumerate(written, start=run.new_start):
                if line not in gone:
                    _refuse_gap(text, gone, line)
                    _refuse_one_of_two(path, gone, line)
                    _refuse_always(text, new, at)
                    _refuse_on_nothing(path, old, line)
                    _refuse_unawaited(task, path, new, at)


_FIRST = re.compile(
    r"\b(?:starts?|begins?|opens?)\s+with\b|\bfirst\s+(?:thing|statement|line)\s+(?:in|of)\b"
    r"|\bat\s+the\s+(?:very\s+)?(?:top|start|beginning|head)\s+of\s+"
    r"(?!the\s+(?:file|module|loop))",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"[{(\[:>]$|^(?:import|from|package|use|export|#|//|/?\*|@)|\"\"\"$|\x27\x27\x27$"
)
"""A line below which something comes first: the head of a block, an import, a docstring."""


def _refuse_not_first(
    text: str, above: list[str], gone: Sequence[str], written: Sequence[str]
) -> None:
    """Refuse a statement that is to come first, and would stand below another one."""
    told = [one for one in written if one.strip()]
    if not told or any(one.strip() for one in gone) or _FIRST.search(scan(text)[0]) is None:
        return
    before = next((one.strip() for one in reversed(above) if one.strip()), "")
    if before and _OPENS.search(before) is None and told[0][:1].isspace():
        raise Abstain(f"it is to come first, and would stand below `{before[:60]}`")


_FORBIDDEN = re.compile(
    r"⟦(?P<at>\d+)⟧\s+(?:must|should|may|shall|can)\s*(?:not|never)\s+(?:be|stand|go|come)\b"
    r"|\b(?:do|must|should)\s+not\s+(?:return|call|use|add|write|send|log|set|pass)\s+⟦(?P<done>\d+)⟧",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"^\W*(?:remove|delete|drop|strip)\b[^.;:]*\bonce\s+(?:the|all|every|its|our|we|they|that)\b",
    re.I,
)


def _refuse_forbidden(text: str, gone: Sequence[str], written: Sequence[str]) -> None:
    """Refuse code that is said not to be there, and would come; and what is to go later."""
    masked, codes = scan(text)
    for told in _FORBIDDEN.finditer(masked):
        code = codes[int(told["at"] or told["done"])].text
        if code in "".join(written) and code not in "".join(gone):
            raise Abstain(f"`{code[:60]}` is said not to be there")
    if _LATER.search(masked):
        raise Abstain("it is to go later, and not now")


_ANSWERS = re.compile(
    r"\W*(?:answer|respond|reply|return|raise|throw|fail|reject|abort|send|show)\b", re.IGNORECASE
)
_CALLED = re.compile(r"\s*(?:\w+\s+)?(?P<name>[\w.$]+)\s*:?=\s*(?:await\s+)?[\w.$]+\(.*")
_TEXT = re.compile(r"\s*(?:\w+\s+)?(?P<name>[\w.$]+)\s*:?=\s*(?:\"[^\"]*\"|'[^']*');?\s*")


def _refuse_answer_as_value(text: str, gone: Sequence[str], written: Sequence[str]) -> None:
    """Refuse the words of an answer as the value of what a call gives now."""
    if _ANSWERS.match(text) is None or len(gone) != 1 or len(written) != 1:
        return
    before, after = _CALLED.match(gone[0]), _TEXT.fullmatch(written[0].rstrip("\n"))
    if before is not None and after is not None and before["name"] == after["name"]:
        raise Abstain(f"`{gone[0].strip()[:60]}` would be lost to the words of an answer")


def _refuse_beside_its_like(text: str, gone: Sequence[str], written: Sequence[str]) -> None:
    """Refuse ``A.f(x)`` written beside the ``f(x)`` that it is to be called for."""
    masked, codes = scan(text)
    told = re.fullmatch(r"\W*(?:use|call|prefer)\s+⟦(\d+)⟧\W*", masked, re.IGNORECASE)
    call = re.fullmatch(r"[\w$]+\.(\w+\(.*\))", codes[int(told[1])].text) if told else None
    if call is None:
        return
    like = re.compile(rf"(?<![\w.$]){re.escape(call[1])}")
    if like.search("".join(gone)) and like.search("".join(written)):
        raise Abstain(f"`{call[1]}` would still be called, and `{call[0]}` beside it")


_DECORATED = re.compile(r"\s*(?P<name>@[\w.]+)\((?P<given>.*)\)\s*")


def _refuse_fewer_marks(gone: Sequence[str], written: Sequence[str]) -> None:
    """Refuse a decorator that says less than the one that it takes the place of, and no more."""
    marks = [[_DECORATED.fullmatch(row) for row in rows] for rows in (gone, written)]
    for old in filter(None, marks[0]):
        for new in filter(None, marks[1]):
            before, after = (
                {one.strip() for one in each["given"].split(",")} for each in (old, new)
            )
            if old["name"] == new["name"] and after < before:
                raise Abstain(f"`{old[0].strip()}` says so already, and more")


_PLACED = re.compile(
    r"⟦(?P<at>\d+)⟧\s+(?:(?:right|directly|just|immediately)\s+)?(?:after|before|behind|above|"
    r"below)\s",
    re.IGNORECASE,
)
_ANEW = re.compile(
    r"\b(?:replac\w*|instead|swap\w*|mov\w*|renam\w*|wrap\w*|remov\w*|delet\w*|drop\w*|switch\w*|"
    r"chang\w*"
    r"|rather\s+than|in\s+place\s+of|turn\w*|merg\w*|order|first|lift\w*|hoist\w*|pull\w*)\b",
    re.IGNORECASE,
)


_AND_MORE = re.compile(
    r"\b(?:should|must|has\s+to|have\s+to|needs?\s+to|ought\s+to)\s+be\s+(?:⟦\d+⟧|[\w.'\"-]+),?\s+"
    r"(?:(?:or)\s+(?!⟦)[a-z]|and\s+(?:also\s+)?(?:(?:⟦\d+⟧|"
    r"[A-Z][A-Z\d_]+)\s+)?(?P<more>[a-z]+(?:ed|able|ible))\b"
    r"(?!\s+(?:to|from|by|with|in|as)\b))",
)


_WOULD = re.compile(
    r"⟦\d+⟧\s+(?:would|could|might)\s+(?!(?:also\s+|then\s+|just\s+)?(?:do\b|suffice|help|fix|solve|say"
    r"|read|be\s+(?:enough|right|better|clearer|safer|correct|simpler|faster|shorter|cleaner)))",
    re.IGNORECASE,
)
"""What some code would do: it is named as what not to write."""


def refuse_more_told(text: str) -> None:
    """Raise ``Abstain`` where a value is told with a choice, or with more than a value beside it.

    *N should be 20 and documented*, *N should be 20 or come from the environment*; and where code
    is named for the harm it would do.
    """
    masked, _ = scan(text)
    if _WOULD.match(masked):
        raise Abstain("the text says what that code would do, and not what to write")
    told = _AND_MORE.search(masked)
    if told is not None:
        raise Abstain(f"more than a value is told: {told['more'] or 'the text offers a choice'}")


_KEEPS_IT = re.compile(
    r"^\W*(?:cap|clamp|limit|bound|trim|escape|encode|saniti[sz]e|normali[sz]e|round|wrap|coerce|"
    r"parse)\s+"
    r"(?:it|this|that)\s*:",
    re.IGNORECASE,
)
_NAMES = re.compile(r"(?<![\w$'\"])[A-Za-z_$][\w$]*")


def _refuse_lost_value(text: str, gone: Sequence[str], written: Sequence[str]) -> None:
    """Refuse to bound *it* by code that has nothing of what stood there."""
    if _KEEPS_IT.match(text) is None or len(gone) != 1 or len(written) != 1:
        return
    values = [re.sub(r"^[^=]*=(?![=>])", "", one[0]) for one in (gone, written)]
    plain = {"await", "new", "return", "const", "let", "this", "Math", "Number", "String"}
    old, new = ({*_NAMES.findall(one)} - plain for one in values)
    if old and not old & new:
        raise Abstain(f"`{gone[0].strip()[:60]}` would be lost, and not kept within bounds")


def refuse_lost(task: Task, edits: Mapping[str, str | None]) -> None:
    """Raise ``Abstain`` where what stands there goes, and the text asks for more beside it.

    A call would take the place of what it is to stand before or behind, or bounds the place of the
    value that they are for.
    """
    for _, run in line_runs_of(edits, task.snapshot):
        _refuse_lost_place(task.finding.fix, run.gone, run.written)
        _refuse_lost_value(task.finding.fix, run.gone, run.written)
        _refuse_number_for_call(task.finding.fix, run.gone, run.written)
        _refuse_instead_of_also(task.finding.fix, run.gone, run.written)


_ALSO = re.compile(r"^\W*(?:also|additionally|in\s+addition,?)\s", re.IGNORECASE)


def _refuse_instead_of_also(text: str, gone: Sequence[str], written: Sequence[str]) -> None:
    """Refuse a call that is to be made, too, in the place of another call of its function."""
    if _ALSO.match(text) is None:
        return
    for code in scan(text)[1]:
        name = re.match(r"[\w$.]+\(", code.text)
        old, new = "".join(gone), "".join(written)
        if name and code.text in new and 0 < new.count(name[0]) <= old.count(name[0]):
            raise Abstain(f"`{code.text[:60]}` is to be called, too, and not in place of another")


_NUMBER_FOR = re.compile(
    r"\b(?:replac\w*|instead|rather|in\s+place\s+of|inline\w*|return\w*)\b", re.I
)


def _refuse_number_for_call(text: str, gone: Sequence[str], written: Sequence[str]) -> None:
    """Refuse a number in the place of a whole call, where no word of exchange asks for it."""
    if _NUMBER_FOR.search(text) or len(gone) != 1 or len(written) != 1:
        return
    for call in re.finditer(r"(?<![\w$.])[\w$.]+\([^()]*\)", gone[0]):
        head, tail = gone[0][: call.start()], gone[0][call.end() :]
        new = written[0][len(head) : len(written[0]) - len(tail)]
        if written[0] == f"{head}{new}{tail}" and re.fullmatch(r"-?\d[\d_.]*", new):
            raise Abstain(f"`{new}` would stand in the place of `{call[0][:60]}`")


def _refuse_lost_place(text: str, gone: Sequence[str], written: Sequence[str]) -> None:
    """Refuse a call that takes the place of what it is to stand before or behind."""
    masked, codes = scan(text)
    told = _PLACED.search(masked)
    if told is None or _ANEW.search(masked) or len(gone) != 1 or len(written) != 1:
        return
    name = re.search(r"(?P<name>[\w$]+)\(", codes[int(told["at"])].text)
    old, new = gone[0].strip(), written[0].strip()
    called = re.match(r"(?:await\s+)?[\w$.]*?(?P<name>[\w$]+)\(", old)
    if name is None or called is None:
        return
    if f"{name['name']}(" in new and f"{called['name']}(" not in new:
        raise Abstain(f"`{old[:60]}` would no longer stand there, beside which it is to be")


def _refuse_other_sum(text: str, written: Sequence[str]) -> None:
    asked = _TIMES.match(text)
    if asked is None or not written:
        return
    sign, joined = _OPERATOR[asked["verb"].lower()], "".join(written)
    if sign not in joined or asked["by"] not in joined:
        raise Abstain(f"what is to be {sign} {asked['by']} would no longer stand there")


def _refuse_gap(text: str, gone: Sequence[str], line: str) -> None:
    """Refuse an argument that is only the text's *and so on*, and a text that is cut short."""
    match = _GAP.search(line)
    if match is not None and match[0] in text and not any(match[0] in old for old in gone):
        raise Unplaced("what the `...` among the arguments stands for is not said")
    if _CUT.search(line) and not any(_CUT.search(old) for old in gone):
        raise Abstain("the text shows a part of what is to stand there, and a gap for the rest")


def _refuse_eager(path: str, text: str, written: Sequence[str]) -> None:
    """Refuse a line of a log that makes its text itself, where lazy arguments are asked for."""
    if not path.endswith(".py") or re.search(r"(?i)\blaz(?:y|ily)\b", text) is None:
        return
    eager = re.compile(r"\blog\w*\.?\w*\((?:\s*f[\"']|.*[\"']\s*%\s|.*[\"']\.format\()")
    if any(eager.search(line) for line in written):
        raise Abstain("the text of the log would still be made before it is logged")


def _refuse_one_of_two(path: str, gone: Sequence[str], line: str) -> None:
    """Refuse two results of what makes one thing in Go: ``a, err := json.NewEncoder(b)``."""
    if path.endswith(".go") and _MAKES_ONE.search(line) and line not in gone:
        raise Abstain("it makes one thing, and two results are taken of it")


def _refuse_always(text: str, lines: list[str], at: int) -> None:
    """Refuse a call that would always be made, where the text asks for it in one case."""
    asked = _CALLS.match(text)
    if asked is None or not _STATEMENT.fullmatch(lines[at]) or _CONDITION.search(lines[at]):
        return
    words = {word.lower() for word in _WORD.findall(asked["when"])} - _SPEAKS
    around = list(_around(lines, at))
    named = " ".join(around).lower()
    if any(_CONDITION.search(each) for each in around) or any(word in named for word in words):
        return
    raise Abstain(f"it would be called always, and not only {asked['when']}")


def _around(lines: list[str], at: int) -> Iterator[str]:
    """Yield the lines that ``at`` stands below, by their margins, the nearest first."""
    margin = _margin(lines[at])
    for line in reversed(lines[:at]):
        if line.strip() and _margin(line) < margin:
            margin = _margin(line)
            yield line


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _refuse_on_nothing(path: str, old: list[str], line: str) -> None:
    """Refuse a call in Java of what the file neither declares nor calls without an owner."""
    match = _BARE.fullmatch(line) if path.endswith(".java") else None
    if match is None:
        return
    name = re.escape(match["name"])
    known = re.compile(rf"(?<![\w.]){name}\s*\(|import static .*\b{name};")
    inherits = any(re.search(r"\bclass\s[^{]*\bextends\b", each) for each in old)
    if (
        match["name"] not in {"super", "this"}
        and not inherits
        and not any(known.search(each) for each in old)
    ):
        raise Abstain(f"on what `{match['name']}` is called is not said")


def _refuse_unawaited(task: Task, path: str, lines: list[str], at: int) -> None:
    """Refuse a promise that nobody waits for beside a statement that is waited for."""
    call = re.fullmatch(r"\s*this(?:\.\w+)+\.(?P<name>\w+)\(.*\);?\s*", lines[at])
    if call is None or not path.endswith((".ts", ".js", ".mts", ".mjs")):
        return
    beside = [lines[near] for near in (at - 1, at + 1) if 0 <= near < len(lines)]
    if not any(re.match(r"\s*(?:return\s+)?await\s", each) for each in beside):
        return
    name = re.escape(call["name"])
    declared = re.compile(
        rf"^\s*(?:\w+\s+)*?(async\s+)?{name}\s*\([^;]*?\)\s*:\s*(Promise<)?", re.M
    )
    several = [
        match
        for other in task.snapshot.files
        if other.endswith((".ts", ".js", ".mts", ".mjs"))
        and call["name"] in (text := task.snapshot.get(other) or "")
        for match in declared.finditer(text)
    ]
    if several and all(match[1] or match[2] for match in several):
        raise Abstain(f"`{call['name']}` returns a promise that nobody would wait for")
