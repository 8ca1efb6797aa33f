"""What frameworks and tools call or read in Python without code that names it.

A row of ``_TABLE`` is a reader, the files it reads and the names it takes from them. Adding a
framework is adding rows.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from mendbook.code.python_source import PythonFile, load_python
from mendbook.repository.snapshot import Snapshot

_TABLE = (
    ("Python", r"", r"__\w+__"),
    (
        "Alembic",
        r"(?:^|/)(?:versions|alembic|migrations)/.*\.py$",
        r"upgrade|downgrade|(?:down_)?revision|branch_labels|depends_on|run_migrations_\w+"
        r"|schema_(?:up|down)grades|data_(?:up|down)grades",
    ),
    ("Django", r"(?:^|/)urls(?:/.*|\w*)\.py$", r"urlpatterns|app_name|handler(?:400|403|404|500)"),
    ("Django", r"(?:^|/)settings\w*(?:/.*)?\.py$|(?:^|/)config/.*\.py$", r"[A-Z][A-Z0-9_]*"),
    ("Django", r"(?:^|/)migrations/", r"Migration"),
    ("Django", r"(?:^|/)management/commands/", r"Command"),
    ("Django", r"(?:^|/)templatetags/", r".*"),
    ("Django", r"(?:^|/)apps\.py$", r"\w*Config"),
    (
        "the server that loads it",
        r"(?:^|/)(?:wsgi|asgi|app|main|server|application|factory|__init__)\.py$",
        r"app|application|api|asgi|wsgi|(?:create|make|build)_(?:app|application)",
    ),
    ("Celery", r"(?:^|/)celery\w*\.py$", r"app|celery"),
    (
        "pytest",
        r"(?:^|/)(?:test_[^/]*|[^/]*_test|tests?|conftest)\.py$",
        r"test\w*|Test\w*|pytest\w+|collect_ignore\w*|(?:setup|teardown)_\w+|(?:setUp|tearDown)\w*",
    ),
    ("AWS Lambda", r"\.py$", r"lambda_handler|handler"),
    ("Airflow", r"(?:^|/)dags/", r".*"),
    ("Locust", r"(?:^|/)locustfile\w*\.py$", r".*"),
    ("Scrapy", r"(?:^|/)(?:pipelines|middlewares)\.py$", r".*"),
    (
        "the tool it configures",
        r"(?:^|/)(?:conf|noxfile|fabfile|dodo|SConstruct|setup|gunicorn[\w.]*|\w+_config"
        r"|logging_?conf\w*|uvicorn[\w.]*)\.py$",
        r".*",
    ),
)
_ROWS = tuple((reader, re.compile(path), re.compile(names)) for reader, path, names in _TABLE)
_PLAIN = re.compile(
    r"(?:functools\.)?(?:lru_cache|cache|wraps|total_ordering|singledispatch\w*|partialmethod)"
    r"|(?:functools\.)?cached_property|property|staticmethod|classmethod|\w+\.(?:setter|getter|deleter)"
    r"|(?:abc\.)?abstract\w+|(?:typing\.|t\.|typing_extensions\.)?(?:overload|override|final|no_type_check"
    r"|runtime_checkable|deprecated)|(?:warnings\.)?deprecated"
    r"|(?:contextlib\.)?(?:async)?contextmanager|(?:dataclasses\.)?dataclass"
    r"|attrs?\.\w+|attr\.s|define|frozen|(?:tenacity\.)?retry|backoff\.\w+|njit|jit|numba\.\w+"
    r"|(?:transaction\.)?atomic|sync_to_async|async_to_sync|timed?|log_calls?"
)
"""Decorators that make a value of what they stand on and hand it to nobody."""
_KNOWN_BASES = re.compile(
    r"object|ABC|Protocol|Generic|NamedTuple|TypedDict|BaseModel|tuple|dict|list|str|int|float|set"
    r"|(?:Int|Str)?Enum|IntFlag|Flag|\w*(?:Exception|Error|Warning)"
)
"""Bases that call no method of their heirs but those with names of the language."""
_REGISTERS = re.compile(
    r"(?:\w*\.)?(?:Model|SQLModel|DeclarativeBase|Document|AppConfig|BaseCommand|\w*TestCase|\w*Plugin"
    r"|\w*Spider|\w*Operator|\w*ModelAdmin|Migration|HttpUser|User|TaskSet|BaseCog|Cog"
    r"|\w*Middleware|Base|Task)"
)
"""Bases that keep a list of their heirs, or that a tool looks for."""


def python_reader(snapshot: Snapshot, path: str, name: str, owner: str = "") -> str:
    """Return why ``name`` of ``path`` (of its class ``owner``) must stay; nothing if it may go."""
    file = load_python(snapshot, path)
    if file is None:
        return ""
    reason = _by_table(path, name)
    if reason:
        return reason
    if not owner and name in _offered(file):
        return f"{name} is offered in __all__"
    for node in _defined(file, name, owner):
        for mark in node.decorator_list:
            said = ast.unparse(mark.func if isinstance(mark, ast.Call) else mark)
            if not _PLAIN.fullmatch(said):
                return f"{name} carries @{said}, which may call it"
        if isinstance(node, ast.ClassDef) and (base := _registering(node)):
            return f"{name} is a {base}, which knows its heirs"
    return _by_base(snapshot, file, name, owner) if owner else ""


def _by_table(path: str, name: str) -> str:
    for reader, where, names in _ROWS:
        if names.fullmatch(name) and where.search(path):
            return f"{name} is called by {reader}, which names it nowhere"
    return ""


def _offered(file: PythonFile) -> frozenset[str]:
    names: set[str] = set()
    for node in file.tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
                names |= _strings(value)
            case ast.AugAssign(target=ast.Name(id="__all__"), value=value):
                names |= _strings(value)
            case ast.AnnAssign(target=ast.Name(id="__all__"), value=ast.expr() as value):
                names |= _strings(value)
    return frozenset(names)


def _strings(value: ast.expr) -> set[str]:
    constants = (node for node in ast.walk(value) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str)}


def _defined(
    file: PythonFile, name: str, owner: str
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in _bodies(file, owner):
        if (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            and node.name == name
        ):
            yield node


def _bodies(file: PythonFile, owner: str) -> Iterator[ast.stmt]:
    if not owner:
        yield from file.tree.body
        return
    for node in _classes(file):
        if node.name == owner:
            yield from node.body


def _classes(file: PythonFile) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(file.tree) if isinstance(node, ast.ClassDef))


def _registering(node: ast.ClassDef) -> str:
    named = [ast.unparse(one) for one in node.bases]
    meta = any(one.arg == "metaclass" for one in node.keywords)
    return next((one for one in named if _REGISTERS.fullmatch(one)), "class with a metaclass"
                if meta else "")  # fmt: skip


def _by_base(snapshot: Snapshot, file: PythonFile, name: str, owner: str) -> str:
    """Return the base from outside the repository that may call the member ``name``."""
    if name.startswith("_"):
        return ""
    waiting = [(node, 0) for node in _classes(file) if node.name == owner]
    while waiting:
        node, depth = waiting.pop()
        for base in node.bases:
            said = ast.unparse(base).partition("[")[0]
            last = said.rpartition(".")[2]
            if _KNOWN_BASES.fullmatch(last):
                continue
            homes = list(_declared(snapshot, last))
            if not homes:
                return f"{owner} is a {said}, which may call {name}"
            waiting += [(one, depth + 1) for one in homes if depth < _DEEPEST]
    return ""


_DEEPEST = 5


def _declared(snapshot: Snapshot, name: str) -> Iterator[ast.ClassDef]:
    head = re.compile(rf"^\s*class {re.escape(name)}\b", re.MULTILINE)
    for path in snapshot.files:
        if path.endswith(".py") and head.search(snapshot.text(path)):
            file = load_python(snapshot, path)
            if file is not None:
                yield from (node for node in _classes(file) if node.name == name)
