"""Where items wait that a metric counts: in the process, or in a queue that instances share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from mendbook.advice.advisor import Survey
from mendbook.advice.production_code import Code, line_of, production
from mendbook.advice.redis.commands import commands
from mendbook.advice.redis.queues import queues
from mendbook.advice.settings import read_settings
from mendbook.advice.values import Reader
from mendbook.code.functions import class_name
from mendbook.model import Citation

_BROKERS = (
    "celery",
    "arq",
    "rq",
    "dramatiq",
    "huey",
    "kombu",
    "pika",
    "aio_pika",
    "bullmq",
    "bull",
    "bee-queue",
    "amqplib",
    "kafkajs",
)
"""Libraries whose queues live outside the process."""
_IMPORTED = re.compile(
    rf"""(?:^\s*(?:from|import)\s+(?:{"|".join(_BROKERS)})\b)"""
    rf"""|(?:(?:from|require\()\s*['"](?:{"|".join(_BROKERS)})['"])""",
    re.MULTILINE,
)
_HELD = re.compile(r"\b(?:deque|queue\.Queue|asyncio\.Queue)\(|\.append\(")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Where items wait; ``shared`` is True for a queue that outlives the process."""

    shared: bool
    where: Citation


def waiting(survey: Survey, code: Code, pattern: str) -> Waiting | None:
    """Return where the items wait whose key, queue, class or file matches ``pattern``.

    None where the code does not tell.
    """
    named = re.compile(pattern)
    sent = commands(Reader(code, read_settings(code)))
    for family, first in queues(sent).items():
        if named.search(family):
            return Waiting(True, Citation(first.module.path, line_of(first.node)))
    return _brokered(survey, named) or _in_memory(code, named) or _in_python(survey, named)


def _brokered(survey: Survey, named: re.Pattern[str]) -> Waiting | None:
    for path, text in _sources(survey):
        if _IMPORTED.search(text):
            for number, line in enumerate(text.splitlines(), 1):
                if named.search(line):
                    return Waiting(True, Citation(path, number))
    return None


def _in_memory(code: Code, named: re.Pattern[str]) -> Waiting | None:
    """Return the first ``push`` on a field of a class, or a file, of that name."""
    for module, call in code.calls("push"):
        callee = call.field("function")
        held = callee is not None and callee.text().startswith("this.")
        if held and named.search(class_name(call) or PurePosixPath(module.path).stem):
            return Waiting(False, Citation(module.path, line_of(call)))
    return None


def _in_python(survey: Survey, named: re.Pattern[str]) -> Waiting | None:
    for path, text in _sources(survey):
        if path.endswith(".py") and named.search(PurePosixPath(path).stem):
            for number, line in enumerate(text.splitlines(), 1):
                if _HELD.search(line):
                    return Waiting(False, Citation(path, number))
    return None


def _sources(survey: Survey) -> list[tuple[str, str]]:
    return [(path, survey.snapshot.text(path)) for path in production(survey.snapshot)]
