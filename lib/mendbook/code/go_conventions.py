"""What Go's tools and libraries call without code that names it."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.repository.snapshot import Snapshot

_TESTS = re.compile(r"(?:Test|Benchmark|Example|Fuzz)\w*")
_ASKED = re.compile(
    r"String|GoString|Format|Error|Unwrap|Is|As|Temporary|Timeout"
    r"|(?:Un)?[Mm]arshal(?:JSON|Text|YAML|XML|XMLAttr|Binary|BSON|BSONValue|TOML)|Gob(?:En|De)code"
    r"|Scan|Value|Read|Write|Close|Seek|ReadAt|WriteAt|ReadFrom|WriteTo|Flush|Hijack|WriteHeader|Header"
    r"|ServeHTTP|RoundTrip|Len|Less|Swap|Push|Pop|Set|Type|Get|Next|Done|Err|Deadline"
    r"|Enabled|Handle|WithAttrs|WithGroup|LogValue|Describe|Collect|TableName"
    r"|(?:Before|After)(?:Create|Save|Update|Delete|Find)|Lock|Unlock|Reconcile|SetupWithManager"
    r"|Init|Update|View|Run|Execute|Start|Stop|Validate|Accept|Visit"
)
"""Methods that interfaces of the library and of common packages ask for."""
_DIRECTIVE = re.compile(r"^//(?:go:\w+|export\b|nolint:unused)")
_PACKAGE_MAIN = re.compile(r"^package main\b", re.MULTILINE)


def go_reader(snapshot: Snapshot, path: str, node: SgNode, name: str) -> str:
    """Return why the declaration ``node`` of ``name`` must stay; nothing if it may go."""
    if node.kind() == "function_declaration" and name in {"main", "init"}:
        return f"{name} is called by the language, which names it nowhere"
    if path.endswith("_test.go") and _TESTS.fullmatch(name):
        return f"{name} is called by go test, which names it nowhere"
    if node.kind() == "method_declaration" and _ASKED.fullmatch(name):
        return f"{name} is called by whoever asks for an interface with it"
    above = node.prev()
    if above is not None and above.kind() == "comment" and _DIRECTIVE.match(above.text()):
        return f"{name} carries {above.text().split()[0]}, which uses it"
    tag = node.field("tag")
    if tag is not None:
        return f"{name} carries the tag {tag.text()}, by which it is read"
    if name[:1].isupper() and _is_library(snapshot, path):
        return f"the module is a library, so {name} may be imported from outside"
    return ""


def _is_library(snapshot: Snapshot, path: str) -> bool:
    if re.search(r"(?:^|/)(?:internal|cmd)/", path) or path.endswith("_test.go"):
        return False
    return not any(
        one.endswith(".go")
        and not re.search(r"(?:^|/)(?:examples?|_examples|tools|hack)/", one)
        and _PACKAGE_MAIN.search(snapshot.text(one))
        for one in snapshot.files
    )
