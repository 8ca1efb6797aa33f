"""What the reader never does, whatever a fix text says."""

from __future__ import annotations

import re

from mendbook.code.left_alone import left_alone
from mendbook.errors import PatchError
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.task import Task
from mendbook.proving.vet_diff import refuse_forbidden, subjects

_COMMANDS = re.compile(
    r"(?:^|[\s`;&|(])(?:curl|wget|sudo|chmod|rm -rf|bash|sh -c|eval|nc|npx"
    r"|npm (?:i|install|run|exec)|pip install|yarn add|git (?:push|commit|config|reset)"
    r"|docker run|powershell|iex)\s",
    re.IGNORECASE,
)
_INJECTION = re.compile(
    r"ignore (?:the |all |any )*(?:instructions|above|previous)|do not (?:list|report|mention|show)"
    r"|(?:automated|ai|remediation) (?:fixer|agent|assistant)|you are (?:an?|the) |system prompt"
    r"|as an ai|disregard|\bmark (?:the|this|that) finding\b"
    r"|\b(?:for|to|dear|hey|note for)\s+(?:(?:all|any|the|our|coding)\s+)*"
    r"(?:assistants?|agents?|bots?|models?|llms?|copilots?)\b\s*(?:[:,]|(?:that|who|which|reading"
    r"|applying|processing|working)\b)",
    re.IGNORECASE,
)
_FETCHED_AND_RUN = re.compile(
    r"\b(?:exec|eval|execfile|Function|system|popen|run|loads)\s*\([^;\n]*"
    r"(?:urlopen|urlretrieve|requests\.get|httpx\.get|fetch\s*\(|https?://)",
    re.IGNORECASE,
)
"""Code that runs what it loads from the network."""
_SECRETS = re.compile(
    r"\$\{\{\s*secrets\.|\bsecrets\.[A-Z_]+|-----BEGIN|\bAKIA[0-9A-Z]{16}|\bghp_\w{20}"
)
_CREDENTIAL = r"(?:secret|password|token|credentials?|(?:api|private|access)\s+key)s?\b"
_WRITES_SECRET = re.compile(
    r"\b(?:write|put|paste|hard-?code|embed|inline|commit)\s+"
    rf"(?:it\b|(?:the|our|your)\s+(?:\w+\s+){{0,3}}{_CREDENTIAL})",
    re.IGNORECASE,
)
_SECRET = re.compile(rf"\b{_CREDENTIAL}", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"['\"`]<(?:(?:your|the|actual|real|secret)[ _-])?"
    r"(?:value|secret|token|password|key|id|name|host|url|placeholder|todo)>['\"`]",
    re.IGNORECASE,
)
"""What a text writes for a value that it does not give."""
_HOOKS = re.compile(
    r"\b(?:pre-commit|post-commit|pre-push|post-checkout) hook|\.git/|\b(?:pre|post)install\b"
    r"|\bgit hooks?\b",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(r"(?:^|[\s`'\"(])(?:/(?:etc|usr|home|root|var|tmp|bin)/|~/|(?:\.\./){3})")


_GOES = re.compile(
    r"\b(?:remove|delete|drop|get rid of|take out)\s+(?:the|this|that|its)\s+[\w ]+?\s+"
    r"(?:step|call|line|command)\b",
    re.IGNORECASE,
)
"""A command that is taken out is not one to run."""


def refuse_text(text: str) -> None:
    """Raise ``Abstain`` where a fix text asks for more than an edit of the finding's code."""
    if _INJECTION.search(text):
        raise Abstain(
            "the fix text speaks to the tool instead of about the code; it is not followed"
        )
    if _FETCHED_AND_RUN.search(text):
        raise Abstain("the fix text asks for code that runs what it downloads; none is written")
    if _SECRETS.search(text):
        raise Abstain("the fix text asks for secrets; none are written")
    if _WRITES_SECRET.search(text) and _SECRET.search(text):
        raise Abstain("the fix text asks to write a secret into a file; none are written")
    if (left := _PLACEHOLDER.search(text)) is not None:
        raise Abstain(f"what stands for {left[0]} is not said")
    if _HOOKS.search(text):
        raise Abstain("the fix text asks for a hook; none are written")
    if _COMMANDS.search(_GOES.sub("", text)):
        raise Abstain("the fix text asks to run a command; none are run or written")
    if _OUTSIDE.search(text):
        raise Abstain("the fix text names a path outside the repository")


def refuse_path(task: Task, path: str) -> None:
    """Raise ``Abstain`` where ``path`` is not to be edited by hand, or not for this finding."""
    if said := left_alone(task.snapshot, path):
        raise Abstain(said)
    try:
        text = task.snapshot.get(path)
        refuse_forbidden({path: text}, task.snapshot, subjects(task.finding, task.facts))
    except PatchError as error:
        raise Abstain(str(error)) from error
