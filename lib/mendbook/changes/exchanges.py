"""What it means to call one well-known function in place of another, in patches and in fixes."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """A call in place of another, what differs between them, and what a test sees of it."""

    old: re.Pattern[str]
    new: re.Pattern[str]
    differs: str
    proof: str = ""


def _row(old: str, new: str, differs: str, proof: str = "") -> Exchange:
    return Exchange(re.compile(old), re.compile(new), differs, proof)


EXCHANGES = (
    _row(
        r"new Date\(\)\.getTime\(\)|\+new Date\(\)", r"\bDate\.now\b", "none: both are one number"
    ),
    _row(
        r"\.substr\(",
        r"\bslice\b|\bsubstring\b",
        "the second number is where it ends and no longer how much it takes; beginning at 0 that is"
        " the same",
        "gives the same text as before",
    ),
    _row(
        r"\.map\(",
        r"\bforEach\b",
        "it returns nothing: who used the list that map made gets undefined",
    ),
    _row(
        r"\butcnow\b|\butcfromtimestamp\b",
        r"\b(?:now|fromtimestamp)\(.*\b(?:utc|UTC)\b|timezone\.now",
        "it is the same moment with a time zone: comparing it with a time without one raises"
        " TypeError",
        "the time has a time zone",
    ),
    _row(
        r"\bdatetime\.now\(\)",
        r"\bnow\(.*\b(?:utc|UTC|tz|ZoneInfo)\b|timezone\.now",
        "the moment has a time zone: where the machine's is not that one, it reads otherwise, and"
        " comparing it with a time without one raises TypeError",
        "the time has a time zone",
    ),
    _row(
        r"\btime\.time\(|\bDate\.now\b|\bcurrentTimeMillis\b|\bnew Date\(",
        r"\bmonotonic\b|\bperf_counter\b|\bperformance\.now\b|\bnanoTime\b|\bhrtime\b",
        "a step of the clock moves it no more, and it is no time of day: it must not be compared"
        " with one that was kept or came from elsewhere",
        "a clock that is set back changes nothing of the wait",
    ),
    _row(
        r"\bMath\.random\b|\brandom\.(?:choice|random|randint)\b|\brand\.(?:Int|Read)\w*",
        r"\bcrypto\b|\brandomUUID\b|\brandomBytes\b|\bsecrets\.|\bgetRandomValues\b"
        r"|\bSecureRandom\b",
        "values look otherwise and cannot be repeated by a seed; those that were given out stay",
        "two calls give different values that cannot be guessed from each other",
    ),
    _row(
        r"\b(?:environ\.get|getenv)\(",
        r"\benviron\[",
        "where the variable is not set, KeyError is raised there",
        "raises KeyError where the variable is not set",
    ),
    _row(
        r"\bsession\.get\(|\.get\(",
        r"\bsession\.pop\(|\.pop\(|\bgetdel\b",
        "it is gone once it was read: who comes a second time finds none",
        "a second use is refused",
    ),
    _row(
        r"\.pop\(",
        r"\.get\b",
        "it stays there once it was read: who comes a second time finds it too",
        "a second read finds it too",
    ),
    _row(
        r"\.pipe\(",
        r"\bpipeline\b",
        "an error of either side closes both and reaches the callback, where the other side stayed"
        " open",
        "an error of the source closes the target and reaches the callback",
    ),
    _row(
        r"\.(?:Load|Get|get|find)\(",
        r"\bLoadAndDelete\b|\bGetAndDelete\b|\bGetDel\b|\bfindOneAndDelete\b|\bgetdel\b",
        "it is gone once it was read: who comes a second time finds none",
        "a second use is refused",
    ),
    _row(
        r"\b\w+\(",
        r"\b\w+Or(?:Throw|Fail)\b|\bMust[A-Z]\w*\(",
        "where there is none it ends with an error, where it went on without until now",
        "ends with an error where there is none",
    ),
    _row(
        r"\b(?:Math\.)?min\(",
        r"\b(?:Math\.)?max\(",
        "the greater of the two is taken, where it was the smaller",
        "takes the greater of the two",
    ),
    _row(
        r"\b(?:Math\.)?max\(",
        r"\b(?:Math\.)?min\(",
        "the smaller of the two is taken, where it was the greater",
        "takes the smaller of the two",
    ),
    _row(
        r"\byaml\.load\b",
        r"\bsafe_load\b",
        "documents with tags of Python are refused",
        "a document with a tag of Python is refused",
    ),
    _row(
        r"==|\bequals\b|\bstrcmp\b|\.Equal\b",
        r"\btimingSafeEqual\b",
        "timingSafeEqual throws where the two have different lengths",
        "a value of another length is refused and does not throw",
    ),
    _row(
        r"==|\bequals\b|\.Equal\b|!=",
        r"\bcompare_digest\b|\bConstantTimeCompare\b|\bMessageDigest\.isEqual\b",
        "equal values stay equal; both sides must be of the same type",
        "a wrong value is refused and the right one taken",
    ),
    _row(
        r"\bos\.system\b|shell\s*=\s*True|\bexec(?:Sync)?\(",
        r"\bsubprocess\.run\b|\bshell\s*=\s*False\b|\bexecFile\w*|\bspawn\w*",
        "pipes, wildcards and variables in the arguments are no longer read by a shell",
        "an argument with a semicolon is passed on as it is",
    ),
    _row(
        r"\beval\(",
        r"\bliteral_eval\b|\bJSON\.parse\b|\bjson\.loads\b",
        "only literals are read; an expression raises an error",
        "an expression is refused",
    ),
    _row(
        r"\bpickle\b",
        r"\bjson\b",
        "what was written before cannot be read, and objects come back as plain values",
        "what is written is read back equal",
    ),
    _row(
        r"\b(?i:md5|sha-?1)\b",
        r"(?i)\bsha-?(?:256|512)\b|\bblake2\w*",
        "the values are longer and others than before: those that were kept match no more",
        "gives the SHA-256 of a known input",
    ),
    _row(
        r"\binnerHTML\b|\bv-html\b|\bdangerouslySetInnerHTML\b",
        r"\btextContent\b|\binnerText\b|\btext node\b",
        "markup is shown as text",
        "a tag in the text is shown and not read",
    ),
    _row(
        r"\bPromise\.all\b(?!Settled)",
        r"\bPromise\.allSettled\b",
        "one failure no longer rejects the whole: each result must be asked how it ended",
        "one that fails leaves the results of the others",
    ),
    _row(
        r"\blocalStorage\b",
        r"\bsessionStorage\b",
        "it is gone when the tab is closed, and other tabs do not see it",
        "is kept in sessionStorage alone",
    ),
    _row(
        r"\blocalStorage\b|\bsessionStorage\b",
        r"(?i)\bhttp-?only\b|\bcookies?\b",
        "scripts can no longer read it, requests carry it by themselves, and other origins need"
        " credentials and a guard against forged requests",
        "nothing is kept in the browser's storage",
    ),
    _row(r"\bclearTimeout\b", r"\bclearInterval\b", "None: both clear either sort of timer"),
    _row(r"\bclearInterval\b", r"\bclearTimeout\b", "None: both clear either sort of timer"),
    _row(r"\bnew Buffer\(", r"\bBuffer\.(?:from|alloc)\b", "None: the same bytes", ""),
    _row(r"\bioutil\.\w+", r"\b(?:io|os)\.\w+", "None: the same function under its own name", ""),
    _row(
        r"\breadFileSync\b|\bwriteFileSync\b|\bexecSync\b",
        r"\bfs\.promises\b|\bfs/promises\b|\breadFile\b|\bwriteFile\b",
        "others run in between, and callers must wait for it",
        "gives the same as before once it is awaited",
    ),
    _row(
        r"\bforEach\(\s*async\b|\bforEach\b",
        r"\bfor\s?(?:\(const|…|\.\.\.|\s?of)|\bPromise\.all\b|\bfor…of\b",
        "the rest waits until all are done, and their errors come out there",
        "an error of one comes out",
    ),
    _row(
        r"\bprint(?:ln)?\(|\bconsole\.(?:log|error|warn)\b|\bSystem\.out\b|\bfmt\.Print",
        r"(?i)\blog(?:ger|ging|rus)?\b|\bslog\b|\bzap\b|\bzerolog\b|\bpino\b|\bwinston\b",
        "only what is written where changes: who reads the standard output finds nothing",
        "",
    ),
)
"""The first that fits speaks for a call that is exchanged."""


_LEVEL = re.compile(
    r"(?i)(?P<on>(?:[\w$]+\.)*\w*(?:log(?:ger|ging|rus)?|console))"
    r"\.(?P<at>trace|debug|info|notice|warn(?:ing)?|error|fatal|critical)f?\("
)
"""A call that logs at one of the usual levels."""
_OTHER_LEVEL = _row(
    "", "", "None for its callers: only the level changes, by which logs are filtered and alert"
)


def exchanged(before: str, after: str) -> Exchange | None:
    """Return what it means to write ``after`` in place of ``before``; None where it is not known.

    What both have tells nothing: a patch that only moves a call exchanges none.
    """
    old, new = _LEVEL.match(before.strip()), _LEVEL.match(after.strip())
    if old is not None and new is not None and old["on"] == new["on"] and old["at"] != new["at"]:
        return _OTHER_LEVEL
    for each in EXCHANGES:
        if each.old.search(before) and each.new.search(after) and not each.new.search(before):
            return each
    return None
