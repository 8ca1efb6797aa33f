"""What an order changes of what counts: as given, as alike, as text, as the answer."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.changes.phrases import lowered
from mendbook.changes.sort_rows import called
from mendbook.changes.today import Clause, Today
from mendbook.model import Citation, Said

_STATUSES = {
    "OK": 200, "CREATED": 201, "ACCEPTED": 202, "NO_CONTENT": 204, "MOVED_PERMANENTLY": 301,
    "FOUND": 302, "SEE_OTHER": 303, "NOT_MODIFIED": 304, "BAD_REQUEST": 400, "UNAUTHORIZED": 401,
    "PAYMENT_REQUIRED": 402, "FORBIDDEN": 403, "NOT_FOUND": 404, "METHOD_NOT_ALLOWED": 405,
    "NOT_ACCEPTABLE": 406, "REQUEST_TIMEOUT": 408, "CONFLICT": 409, "GONE": 410,
    "LENGTH_REQUIRED": 411, "PRECONDITION_FAILED": 412, "PAYLOAD_TOO_LARGE": 413,
    "REQUEST_ENTITY_TOO_LARGE": 413, "UNSUPPORTED_MEDIA_TYPE": 415, "UNPROCESSABLE_ENTITY": 422,
    "TOO_MANY_REQUESTS": 429, "INTERNAL_ERROR": 500, "INTERNAL_SERVER_ERROR": 500,
    "NOT_IMPLEMENTED": 501, "BAD_GATEWAY": 502, "SERVICE_UNAVAILABLE": 503,
    "GATEWAY_TIMEOUT": 504,
}  # fmt: skip
"""Names of HTTP statuses as libraries of most languages spell them, and their numbers."""
_NAME = re.compile(r"[A-Za-z_$][\w$.]*")
_TESTED = re.compile(
    r"(?:\b(?:if|while|elif|return|unless)\b\s*\(?\s*|^\s*|[=(]\s*)(?:not\s+|!)?"
    r"(?P<name>[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*)\s*(?:\)|\{|:|&&|\|\||\?(?!\.)|\band\b|\bor\b)"
)
"""A value that is asked whether it is anything at all."""
_TIMER = re.compile(r"clear(?:Timeout|Interval)\(\s*(?P<name>[\w$.]+)\s*\)")
_METRIC = re.compile(r"(?P<quote>[\"'`])(?P<name>[\w.:/-]+)(?P=quote)")


def status_of(name: str) -> int | None:
    """Return the number of an HTTP status by its name in code; None for any other name."""
    last = re.split(r"\.|::", name.strip("` "))[-1]
    bare = re.sub(r"^(?:HTTP|SC|Status|STATUS)_?", "", last)
    plain = re.sub(r"^\d{3}_", "", bare)
    spelled = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", plain).upper()
    return _STATUSES.get(spelled)


_CLEANED = re.compile(r"(?i)\b(?:clean-?up|unmount\w*|destroy\w*|dispos\w*|teardown)\b")
_BRANCH = re.compile(r"\b(?:if|elif)\b\s*\(?(?P<when>[^{:]+?)\)?\s*[{:]")
_LONGEST = 60
"""Characters of a condition that a sentence has room for."""


def other_status_named(match: re.Match[str], clause: Clause) -> str:
    """Return which status clients meet where one is put in place of another by its name."""
    new = status_of(match["new"])
    old = next(
        (
            number
            for name in _NAME.findall(clause.evidence)
            if (number := status_of(name)) is not None
        ),
        None,
    )
    if new is None or old is None or new == old:
        return ""
    where = f" of {clause.today.routes}" if clause.today.routes else ""
    return f"Clients{where} that tell answers apart meet {new} where {old} came before."


def other_status_seen(match: re.Match[str], _: str) -> str:
    """Return which status a test sees."""
    new = status_of(match["new"])
    return f"answers {new}" if new is not None else ""


def only_missing(_: re.Match[str], clause: Clause) -> str:
    """Return what is no longer taken for missing; empty where the line asks for no such value."""
    tested = _TESTED.search(clause.evidence)
    if tested is None:
        return ""
    return (
        f"0, false and an empty text of `{tested['name']}` count as given from then on, where they"
        " were taken for missing."
    )


def only_missing_seen(_: re.Match[str], evidence: str) -> str:
    """Return what a test sees of a value that is empty and yet given."""
    tested = _TESTED.search(evidence)
    return f"takes 0 for {tested['name']} as given" if tested is not None else ""


def alike(match: re.Match[str], clause: Clause) -> str:
    """Return which case goes the way of which."""
    first, other = (match[side].strip(" `.,") for side in ("a", "b"))
    call = called(clause.evidence)
    runs = f": what `{call}` does there is for the other cases" if call else ""
    return f"What is {first} goes the way of {other} from then on{runs}."


def alike_seen(match: re.Match[str], _: str) -> str:
    """Return what a test sees of two cases that are one."""
    first, other = (match[side].strip(" `.,") for side in ("a", "b"))
    return f"does with {first} what it does with {other}"


def first_left_out(match: re.Match[str], _: Clause) -> str:
    """Return who waits longer where the first of several does nothing."""
    which, what = match["which"].lower(), match["what"].strip(" `")
    who = "what came last does not come" if which == "last" else "who counted on that waits longer"
    return f"At the {which} {what} it is not done any more: {who}."


def other_charset(match: re.Match[str], _: Clause) -> str:
    """Return which texts are read otherwise from then on."""
    charset = _charset(match)
    return (
        f"What is not ASCII is read and written as {charset}, whatever the machine's own is: where"
        " that is another, it reads otherwise."
    )


def other_charset_seen(match: re.Match[str], _: str) -> str:
    """Return what a test sees of a charset that is given."""
    charset = _charset(match)
    return f"a text that is not ASCII is taken as {charset}"


def _charset(match: re.Match[str]) -> str:
    name = match["charset"].strip("`\"' ").rpartition(".")[2]
    return name.replace("_", "-")


def told_instead(match: re.Match[str], clause: Clause) -> str:
    """Return what is given in place of what, and to whom."""
    new, old = match["new"].strip(" `.,"), match["old"].strip(" `.,")
    routes = clause.today.routes
    who = f"Clients of {routes}" if routes else "Who reads it"
    verb = "get" if routes else "gets"
    where = clause.when if clause.when not in old else ""
    return f"{who} {verb} {lowered(new)} where {old} came until now{where}."


def counted(match: re.Match[str], clause: Clause) -> str:
    """Return that one thing more is counted, and what the answers are."""
    known = _METRIC.search(clause.raw)
    name = f", `{known['name']}`" if known is not None else ""
    by = re.search(r"\bwith\s`?(?P<by>[\w$]+(?:\.[\w$]+)+)`?", clause.raw)
    call = f" unless `{by['by']}` fails" if by is not None else ""
    return f"None for its callers{call}: one count more is kept{name}."


def timer_dropped(match: re.Match[str], clause: Clause) -> str:
    """Return what a timer still had to do once it is cleared, where the code says what that is."""
    timer, function = _TIMER.search(clause.raw), clause.today.function
    if timer is None:
        return "It ends with its owner: what counted on it running on stands still."
    starts = re.search(
        rf"\b{re.escape(timer['name'])}\s*=\s*(?:\w+\.)?set(?:Timeout|Interval)\(\s*"
        r"(?:\(\)\s*=>\s*)?(?P<does>(?!function\b)[\w$.]+(?:\([^()]*\))?)",
        function.text() if function is not None else "",
    )
    where = " once its owner is gone" if _CLEANED.search(match.string) else clause.when
    if starts is None:
        return f"`{timer['name']}` no longer fires{where}: what it was set for is left out."
    return f"`{starts['does']}`, which `{timer['name']}` is set for, is left out{where}."


def branch_gone(_: re.Match[str], clause: Clause) -> Said | str:
    """Return what a condition no longer does, and where it goes on; empty for no condition."""
    kinds = clause.today.kinds
    branch = _condition_at(clause.today)
    if branch is None or kinds is None:
        return ""
    condition, body = branch.field("condition"), branch.field("consequence") or branch.field("body")
    if condition is None or body is None:
        return ""
    when = " ".join(condition.text().split())
    when = when[1:-1].strip() if when.startswith("(") and when.endswith(")") else when
    if len(when) > _LONGEST or "`" in when:
        return ""
    place = Citation(clause.today.path, branch.range().start.line + 1)
    told = [
        each for each in body.children() if each.is_named() and each.kind() not in kinds.comments
    ]
    ends = bool(told) and told[-1].kind() in kinds.exits
    does = "ends there: it goes on with what stands behind" if ends else "does what stood there"
    return Said(f"Where `{when}` holds ({place}), it no longer {does}.", (place,))


def branch_gone_seen(_: re.Match[str], evidence: str) -> str:
    """Return what a test sees of a branch that goes."""
    held = _BRANCH.search(evidence)
    return f"does nothing special where {held['when'].strip()}" if held is not None else ""


def _condition_at(today: Today) -> SgNode | None:
    """Return the condition that begins on the line of the place; None for none."""
    node, kinds = today.node, today.kinds
    if node is None or kinds is None:
        return None
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.range().start.line + 1 != today.line:
            continue
        if each.kind() in kinds.conditions or each.kind() == "elif_clause":
            return each
        waiting.extend(each.children())
    return None
