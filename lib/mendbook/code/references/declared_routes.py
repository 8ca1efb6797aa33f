"""Routes that a function declares itself, in languages whose scopes are not followed.

Annotations of Spring, JAX-RS and Micronaut, attributes of ASP.NET, Symfony, actix and Rocket, and
the operations of an OpenAPI document whose interface a class implements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from mendbook.code.references.by_name import ByName, NamedSubject
from mendbook.code.references.routes_rails import Rails
from mendbook.code.test_files import is_test
from mendbook.model import EntryPoint
from mendbook.repository.snapshot import Snapshot

_VERBS = "get|post|put|patch|delete|head|options"
_ARGUMENTS = r"(?:\((?P<given>(?:[^()]|\([^()]*\))*)\))?"
_MAPPING = re.compile(
    rf"@(?P<verb>Get|Post|Put|Patch|Delete|Head|Options)(?:Mapping)?\b{_ARGUMENTS}"
)
_REQUEST = re.compile(rf"(?:@Request(?P<verb>)Mapping|#\[(?:\\?\w+\\)*Route)\b{_ARGUMENTS}")
_JAX = re.compile(r"@(?P<verb>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b(?P<given>)")
_PATH = re.compile(rf"@(?:Path|Controller|RequestMapping)\b{_ARGUMENTS}")
_NET = re.compile(rf"\[Http(?P<verb>Get|Post|Put|Patch|Delete|Head|Options)\b{_ARGUMENTS}")
_NET_ROUTE = re.compile(rf"\[Route\b{_ARGUMENTS}")
_RUST = re.compile(rf"#\[(?:\w+::)?(?P<verb>{_VERBS})\b{_ARGUMENTS}")
_BY_LANGUAGE = {
    ".java": (_MAPPING, _JAX, _REQUEST),
    ".kt": (_MAPPING, _JAX, _REQUEST),
    ".cs": (_NET,),
    ".rs": (_RUST,),
    ".php": (_REQUEST,),
}
_FIRST_TEXT = re.compile(
    r"(?:^|\b(?:path|value|template)\s*[=:]|\{)\s*[\[{]?\s*[\"']([^\"']*)[\"']"
)
_METHOD = re.compile(r"\bmethods?\s*[=:]\s*[\[{]?\s*[\"']?(?:\w+\.)?(\w+)")
_IMPLEMENTS = re.compile(r"(?:\bimplements\b|\)?\s*:)\s*([^{]+)\{")
_OPERATION = re.compile(
    rf"""^\s*["']?(?:(?P<path>/[^\s"']*?)["']?\s*:|(?P<verb>{_VERBS})["']?\s*:"""
    r"""|operationId["']?\s*:\s*["']?(?P<id>\w+))"""
)
_RUNS = re.compile(
    r"@(?P<by>ExceptionHandler|Scheduled|EventListener|TransactionalEventListener|KafkaListener"
    rf"|RabbitListener|JmsListener|SqsListener|ManagedOperation|ManagedAttribute)\b{_ARGUMENTS}"
)
"""What else a framework calls a method for."""
_DOCUMENTS = (".yml", ".yaml", ".json")


class DeclaredRoutes:
    """The routes that functions of one snapshot declare."""

    def __init__(self, snapshot: Snapshot, names: ByName) -> None:
        self._snapshot = snapshot
        self._names = names
        self._rails = Rails(snapshot)

    def of(self, subject: NamedSubject) -> Iterator[EntryPoint]:
        """Yield the routes that ``subject`` declares, or that are told to call it."""
        if subject.file.endswith(".rb"):
            yield from self._rails.routes_of(subject.file, subject.name)
            return
        if (told := _RUNS.search(self._head(subject))) is not None:
            yield EntryPoint(_run(told, subject.name), subject.file, subject.line)
        before = self._of_class(subject)
        for verb, path in self._own(subject) or self._of_interface(subject):
            whole = _whole(before, path, subject.owner)
            yield EntryPoint(f"{verb} {whole}".strip(), subject.file, subject.line)

    def _own(self, subject: NamedSubject) -> list[tuple[str, str]]:
        head = self._head(subject)
        jax = _PATH.search(head)
        routes = []
        for pattern in _BY_LANGUAGE.get(_suffix(subject.file), ()):
            for match in pattern.finditer(head):
                given = match["given"] or ""
                told = _METHOD.search(given)
                verb = (match.groupdict().get("verb") or (told[1] if told else "")).upper()
                path = _text(given)
                if pattern is _JAX:
                    path = _text((jax["given"] if jax is not None else "") or "")
                routes.append((verb, path))
        return routes

    def _of_class(self, subject: NamedSubject) -> str:
        """Return the address that the class around ``subject`` is registered for."""
        for owner in self._names.defined(subject.owner, [subject.file]) if subject.owner else ():
            head = self._head(owner)
            match = (_NET_ROUTE if subject.file.endswith(".cs") else _PATH).search(head)
            if match is not None:
                return _text(match["given"] or "")
        return ""

    def _of_interface(self, subject: NamedSubject) -> list[tuple[str, str]]:
        """Return what an interface declares of a method that a class implements."""
        implemented = self._implemented(subject)
        if not implemented:
            return []
        known = self._names.defined(subject.name) if implemented else ()
        for other in known:
            if other.owner in implemented and (declared := self._own(other)):
                return declared
        if any(self._names.defined(name) for name in implemented):
            return []
        return self._operations.get(subject.name, [])

    def _implemented(self, subject: NamedSubject) -> set[str]:
        for owner in self._names.defined(subject.owner, [subject.file]) if subject.owner else ():
            lines = self._snapshot.text(owner.file).splitlines()
            told = _IMPLEMENTS.search("\n".join(lines[owner.line - 1 : owner.end_line]))
            if told is not None and lines[owner.line - 1].find("class") >= 0:
                return set(re.findall(r"\b[A-Z]\w*", told[1]))
        return set()

    @cached_property
    def _operations(self) -> Mapping[str, list[tuple[str, str]]]:
        """The operations of the OpenAPI documents: verb and path by operation id."""
        operations: dict[str, list[tuple[str, str]]] = {}
        for path in self._snapshot.files:
            if not path.endswith(_DOCUMENTS) or is_test(path):
                continue
            text = self._snapshot.get(path) or ""
            if "operationId" not in text:
                continue
            at, verb = "", ""
            for line in text.splitlines():
                told = _OPERATION.match(line)
                if told is None:
                    continue
                at, verb = told["path"] or at, told["verb"] or verb
                if told["id"] and at:
                    operations.setdefault(told["id"], []).append((verb.upper(), at))
        return {name: several for name, several in operations.items() if len(several) == 1}

    def _head(self, subject: NamedSubject) -> str:
        """Return the lines of a definition down to its name, attributes above it included."""
        lines = self._snapshot.text(subject.file).splitlines()
        first = subject.first_line - 1
        while first > 0 and lines[first - 1].lstrip().startswith(("#[", "@", "///")):
            first -= 1
        return "\n".join(lines[first : subject.line])


def _run(told: re.Match[str], name: str) -> str:
    """Return what makes a framework call the method ``name``."""
    by, given = told["by"], (told["given"] or "").strip()
    if by == "ExceptionHandler":
        errors = ", ".join(re.findall(r"([A-Z]\w*)(?:\.|::)class", given))
        return f"every request that ends in {errors or 'an error'}"
    if by == "Scheduled":
        return f"job {name}"
    if by.startswith("Managed"):
        return f"JMX {name}"
    return f"{by.removesuffix('Listener')} {_text(given) or name}".strip()


def _text(given: str) -> str:
    match = _FIRST_TEXT.search(given.strip())
    return match[1] if match is not None else ""


def _whole(before: str, path: str, owner: str) -> str:
    plain = owner.removesuffix("Controller").lower()
    parts = [part.strip("/") for part in (before, path) if part.strip("/")]
    return f"/{'/'.join(parts)}".replace("[controller]", plain)


def _suffix(path: str) -> str:
    return f".{path.rpartition('.')[2].lower()}"
