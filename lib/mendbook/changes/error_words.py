"""What an order changes of errors: which one comes, what is given in its place, what it carries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.changes.imperatives import third_person
from mendbook.changes.sort_rows import begun
from mendbook.changes.today import At, Clause, named
from mendbook.model import Said


def thrown_on(match: re.Match[str], clause: Clause) -> Said | str:
    """Return who meets as an error what came as a value; empty where it did not come so."""
    value = match["value"].strip("`")
    if not re.search(rf"\breturn\s+{re.escape(value)}(?![\w.(\[])", clause.evidence):
        return ""
    if clause.today.in_closure:
        return f"Who waits for it meets `{value}` as an error, where it came as a value until now."
    loose = clause.today.loose("Error")
    first = f"Callers meet `{value}` as an error, where it came as a value until now"
    if not loose:
        return f"{first}."
    return _told(first, loose, "does", "do", "not catch it")


def _told(first: str, who: Sequence[At], one: str, several: str, rest: str) -> Said:
    """Return what comes, and what those whom it reaches do then."""
    does = one if len(who) == 1 else several
    return Said(f"{first}: {named(who)} {does} {rest}.", tuple(each.place for each in who))


def thrown_on_seen(match: re.Match[str], evidence: str) -> str:
    """Return how a test sees it end."""
    value = match["value"].strip("`")
    came = re.search(rf"\breturn\s+{re.escape(value)}(?![\w.(\[])", evidence)
    return f"ends with {value} as an error and does not return it" if came else ""


def given_on_error(match: re.Match[str], clause: Clause) -> Said | str:
    """Return who gets a value where an error came."""
    error, what = match["error"].strip(" `"), match["what"].strip(" `.,")
    callers = clause.today.callers()
    first = f"On {error} callers get {what}, where the error reached them until now"
    if not callers:
        return f"{first}."
    return _told(first, callers, "goes", "go", "on with that")


def given_on_error_seen(match: re.Match[str], _: str) -> str:
    """Return what a test sees given on an error."""
    return f"returns {match['what'].strip(' `.,')} on {match['error'].strip(' `')}"


def kept_on(match: re.Match[str], clause: Clause) -> Said | str:
    """Return who gets a result where an error came."""
    what, does = match["what"].strip(" `.,"), third_person(match["verb"].lower())
    callers = clause.today.callers()
    words = f"It still {does} {what}{clause.when}, where an error came until now"
    if not callers:
        return f"{begun(words)}."
    return _told(words, callers, "no longer learns", "no longer learn", "of that error")


def with_cause(_: re.Match[str], __: Clause) -> str:
    """Return that an error tells more and is caught as before."""
    return "The error carries its cause: logs show more of it, and who catches it catches it still."


def no_more_than(match: re.Match[str], _: Clause) -> str:
    """Return what waits once as many run as may."""
    most, what = match["most"], match["what"]
    return (
        f"No more than {most} {what} run at once, where nothing bounded them: the next one waits"
        " or is refused."
    )


def no_more_than_seen(match: re.Match[str], _: str) -> str:
    """Return what a test sees of a bound of what runs at once."""
    return f"runs no more than {match['most']} {match['what']} at once"
