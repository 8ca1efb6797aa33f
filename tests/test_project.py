"""What the project says of itself is true: README, environment, exit codes, house rules."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
import typer.main
import yaml
from packaging.requirements import Requirement

from mendbook import errors
from mendbook.cli import app
from mendbook.intake import load_audit, problems
from mendbook.notebook.execute import notebook_paths

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
CONDA = {"ortools": "ortools-python"}


def _requirements() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {f"python{project['requires-python']}", *project["dependencies"]}


def test_conda_users_get_what_pip_users_get() -> None:
    """environment.yml holds the same packages and bounds as pyproject.toml, and this project."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    (from_pip,) = (entry["pip"] for entry in listed if isinstance(entry, dict))
    plain = {entry for entry in listed if isinstance(entry, str)} - {"pip"}
    renamed = {
        f"{CONDA[name]}{requirement[len(name) :]}" if name in CONDA else requirement
        for requirement in _requirements()
        for name in [re.match(r"[\w.-]+?(?=[<>=~]|$)", requirement)[0]]  # type: ignore[index]
    }
    assert plain | set(from_pip) - {"-e ."} == renamed
    assert "-e ." in from_pip


def test_every_dependency_is_pinned_with_hashes() -> None:
    """The lock holds each requirement at a version that it allows, and everything by its hash."""
    locked = (ROOT / "requirements.lock").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    hashed = r"^([\w.-]+)==([^\s;]+)[^\n]*\\\n +--hash=sha256:"
    pinned = [match.groups() for match in re.finditer(hashed, locked, flags=re.M)]
    for wanted in map(Requirement, [*project["dependencies"], *extras["dev"], *extras["fleet"]]):
        versions = [version for name, version in pinned if name == wanted.name.lower()]
        assert versions, f"{wanted}: make lock"
        assert all(version in wanted.specifier for version in versions), f"{wanted}: make lock"
    assert len(pinned) == len(re.findall(r"^[\w.-]+==", locked, flags=re.M))


def test_the_readme_lists_every_command_and_no_other() -> None:
    """The table of commands is the command line's own list."""
    group = typer.main.get_command(app)
    listed = set(re.findall(r"^\| `mendbook (\w+)", README, flags=re.M))
    assert listed == set(getattr(group, "commands", {}))


def test_the_readme_lists_every_notebook_and_its_question() -> None:
    """The table of notebooks is the folder's."""
    listed = re.findall(r"^\| `(\d\d-[\w-]+)` \|", README, flags=re.M)
    assert listed == [path.stem for path in notebook_paths()]


def test_the_readme_lists_every_exit_code() -> None:
    """Every stage that can refuse has its code in the table, and no two share one."""
    codes = [stage.exit_code for stage in errors.MendbookError.__subclasses__()]
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", README, flags=re.M)}
    assert len(codes) == len(set(codes))
    assert listed == {0, 1, 2, 130, *codes}


def test_the_readmes_smallest_audit_is_one(tmp_path: Path) -> None:
    """It is read as it stands there."""
    (example,) = re.findall(r"^```json\n(.+?)^```$", README, flags=re.M | re.S)
    (tmp_path / "audit.json").write_text(example)
    assert problems(tmp_path / "audit.json") == ()
    assert len(load_audit(tmp_path / "audit.json").findings) == 1


def test_the_readmes_make_targets_exist() -> None:
    """What the README tells to type is there to be typed."""
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"make (report|test|lab|lint|docs|bench|exact|lock)\b", README):
        assert re.search(rf"^{target}:", makefile, flags=re.M)


def _ours(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("mendbook"):
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("mendbook")}
    return found


def test_the_records_and_errors_import_nothing_of_ours() -> None:
    """They stand at the source of the river."""
    package = ROOT / "lib/mendbook"
    assert _ours(package / "errors.py") == set()
    for file in (package / "model").glob("*.py"):
        assert all(name.startswith("mendbook.model.") for name in _ours(file))


RIVER = (
    ("schemas", "signals", "marks", "disk", "memory"),
    ("text",),
    ("project", "project_file"),
    ("bounded_process", "publish"),
    ("intake",),
    ("repository",),
    ("code",),
    ("facts",),
    ("policy",),
    ("profiling",),
    ("effort",),
    ("prioritize",),
    ("judgements", "overrides"),
    ("proving",),
    ("fixes",),
    ("drafting",),
    ("series",),
    ("changes",),
    ("planning",),
    ("advice",),
    ("collect", "sample"),
    ("report",),
    ("notebook",),
    ("ledger",),
    ("run",),
    ("fleet",),
    ("cli",),
    ("__main__",),
)
DOWNSTREAM = [
    (stage, later)
    for place, stages in enumerate(RIVER)
    for stage in stages
    for below in RIVER[place + 1 :]
    for later in below
]


@pytest.mark.parametrize("stage", [stage for stages in RIVER for stage in stages])
def test_no_stage_imports_what_comes_after_it(stage: str) -> None:
    """Nothing flows back up the river."""
    home = ROOT / "lib/mendbook" / stage
    files = sorted(home.rglob("*.py")) if home.is_dir() else [home.with_suffix(".py")]
    later = {f"mendbook.{below}" for above, below in DOWNSTREAM if above == stage}
    back = {
        (file.name, module)
        for file in files
        for module in _ours(file)
        if any(module == name or module.startswith(f"{name}.") for name in later)
    }
    assert back == set()


EDGES = {
    "intake": "reads what comes in",
    "repository": "asks git",
    "fleet": "lets workers plan, and reads what they publish",
    "ledger": "keeps records of runs",
    "marks": "removes what dead processes left",
    "proving": "tries patches in scratch folders",
    "drafting": "asks a program that the user names",
    "report": "hands documents to nbconvert",
    "run": "keeps stages and publishes",
    "collect": "runs tools",
    "notebook": "starts kernels",
    "cli": "is the command line",
    "__main__": "is the command line",
    "memory": "keeps libraries from taking memory that nothing needs",
    "publish": "writes",
    "sample": "makes the sample's repository",
    "project": "knows where things are",
    "project_file": "reads options",
    "disk": "tries whether a disk can be written",
    "bounded_process": "runs a program",
    "signals": "listens to signals",
    "schemas": "reads what it ships",
    # single files in rooms that are pure
    "code/references/compiler": "finds the exact compiler",
    "code/references/exact": "asks the exact compiler",
    "code/references/index": "keeps what was read of a repository",
    "code/references/installing": "installs language servers",
    "code/references/python/exact": "asks Python's language server",
    "code/references/python/server": "finds Python's language server",
    "code/references/scratch": "writes the tree that the exact compiler reads",
    "code/references/session": "talks to the exact compiler",
    "effort/history": "reads earlier plans and asks git whether they were done",
    "fixes/sources/curated": "reads patches that people wrote",
    "judgements": "reads what people decided",
    "overrides": "reads what people decided",
    "planning/sprints/schedule": "reads what people decided",
    "policy/document": "reads policies",
    "policy/platform": "reads policies",
    "profiling/measurement_files": "reads measurements",
    "profiling/scripts": "reads source maps beside measurements",
    "series/merge": "lets git merge three texts",
}
"""What may touch files, programs, clocks and chance, and why; all else maps records to records."""
_OUTSIDE = {"os", "subprocess", "tempfile", "shutil", "time", "random", "secrets", "socket"}
_FILES = {"open", "stat", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir"}
_FILES |= {"exists", "is_file", "is_dir", "iterdir", "glob", "rglob", "rename", "touch", "cwd"}
_CLOCK = {"now", "utcnow", "today"}


def _impure(file: Path) -> set[str]:
    """Return what in ``file`` is no function of its arguments."""
    tree = ast.parse(file.read_text())
    nodes = list(ast.walk(tree))
    imported = {
        (node.module or "").partition(".")[0] for node in nodes if isinstance(node, ast.ImportFrom)
    } | {
        alias.name.partition(".")[0]
        for node in nodes
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    names = {
        alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in nodes
        if isinstance(node, ast.Call)
    }
    found = (imported | {name for name in names if name == "git"}) & (_OUTSIDE | {"git"})
    if "Path" in names:
        found |= called & _FILES
    return found | called & _CLOCK | called & {"open"}


def _room_files() -> dict[str, Path]:
    package = ROOT / "lib/mendbook"
    return {
        file.relative_to(package).with_suffix("").as_posix(): file
        for file in sorted(package.rglob("*.py"))
    }


def _edge(name: str) -> str:
    """Return the edge that the file called ``name`` belongs to; empty where it must be pure."""
    return name if name in EDGES else name.partition("/")[0] if name.split("/")[0] in EDGES else ""


def test_below_the_edges_stages_are_pure() -> None:
    """No file, program, clock or chance: what a stage returns depends on what it is given."""
    pure = {name: file for name, file in _room_files().items() if not _edge(name)}
    assert {name: found for name, file in pure.items() if (found := _impure(file))} == {}


def test_no_edge_is_listed_that_is_none() -> None:
    """The list shrinks when a file becomes pure."""
    impure = {_edge(name) for name, file in _room_files().items() if _impure(file)}
    assert set(EDGES) - impure <= {"cli", "__main__", "schemas", "report", "signals"}


def _imported(tree: ast.Module, package: str, known: set[str]) -> set[str]:
    """Return our modules that are imported when the module is, by statements outside functions."""
    found: set[str] = set()
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.If) and ast.unparse(node.test) != "TYPE_CHECKING":
            waiting += node.body + node.orelse
    above = {
        ".".join(name.split(".")[:depth])
        for name in found
        for depth in range(1, name.count(".") + 1)
    }
    return {name for name in found | above if name in known and not _inside(package, name)}


def _inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Each can be imported first; a package's ``__init__`` counts for all that import from it."""
    files = {
        ".".join(("mendbook", *name.split("/"))).removesuffix(".__init__"): file
        for name, file in _room_files().items()
    }
    files["mendbook"] = files.pop("mendbook.__init__", ROOT / "lib/mendbook/__init__.py")
    graph: nx.DiGraph[str] = nx.DiGraph()
    for module, file in files.items():
        imported = _imported(ast.parse(file.read_text()), module, set(files))
        graph.add_edges_from((module, other) for other in imported)
    circles = [sorted(each) for each in nx.strongly_connected_components(graph) if len(each) > 1]
    assert circles == []


def _undocumented(body: list[ast.stmt], inside: str = "") -> Iterator[str]:
    """Yield functions, classes and methods with a public name of their own and no docstring."""
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if not node.name.startswith("_") and ast.get_docstring(node) is None:
            yield f"{inside}{node.name}"
        if isinstance(node, ast.ClassDef):
            yield from _undocumented(node.body, f"{inside}{node.name}.")


def test_every_public_name_says_what_it_is() -> None:
    """Ruff asks it of public classes; the methods of private ones are read as often."""
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "lib").rglob("*.py"))
        for name in _undocumented(ast.parse(path.read_text(encoding="utf-8")).body)
    ]
    assert found == []


def test_no_function_is_there_for_tests_alone() -> None:
    """Each function and class of a module is named a second time in the product or a notebook."""
    files = [*(ROOT / "lib").rglob("*.py"), *(ROOT / "notebooks").rglob("*.ipynb")]
    texts = [file.read_text(encoding="utf-8") for file in files]
    named = Counter(word for text in texts for word in re.findall(r"\w+", text))
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    declared = {
        node.name: file.relative_to(ROOT)
        for file, text in zip(files, texts, strict=True)
        if file.suffix == ".py"
        for node in ast.parse(text).body
        if isinstance(node, kinds) and not re.fullmatch(r"__\w+__", node.name)
    }
    assert {name: str(file) for name, file in declared.items() if named[name] < 2} == {}
