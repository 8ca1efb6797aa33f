"""Tools' reports as audits; the fixtures are what the real tools wrote about one tiny project."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mendbook.errors import InputError
from mendbook.intake import (
    JSON_FORMATS,
    TEXT_FORMATS,
    load_audit,
    place_fixes,
    read_json,
    resolve_places,
)
from mendbook.intake.fingerprint import fingerprint
from mendbook.intake.roots import Root
from mendbook.intake.texts import text_digest
from mendbook.model import (
    Audit,
    Dimension,
    Finding,
    Note,
    OfferedFix,
    Origin,
    Place,
    PlaceKind,
    Region,
    Severity,
    Status,
)

TOOLS = Path(__file__).parent.parent / "data" / "tools"
FIXTURES = {
    "sarif": ("eslint.sarif", "semgrep.sarif"),
    "eslint": ("eslint.json", "eslint-with-metadata.json"),
    "knip": ("knip.json",),
    "depcheck": ("depcheck.json",),
    "npm-audit": ("npm-audit.json", "npm-audit-refused.json"),
    "npm-advisories": ("npm6-audit.json", "pnpm-audit.json"),
    "yarn-audit": ("yarn1-audit.json", "yarn-berry-audit.json"),
    "semgrep": ("semgrep.json",),
    "bandit": ("bandit.json",),
    "gosec": ("gosec.json",),
    "njsscan": ("njsscan.json", "mobsfscan.json"),
    "ruff": ("ruff.json",),
    "checkov": ("checkov.json",),
    "trivy": ("trivy.json", "trivy-cluster.json"),
    "snyk": ("snyk.json",),
    "gitleaks": ("gitleaks.json", "gitleaks7.json"),
    "hadolint": ("hadolint.json",),
    "sonar": ("sonar.json", "sonar-hotspots.json"),
    "codetf": ("codetf.json",),
    "ts-prune": ("ts-prune.txt",),
    "pip-audit": ("pip-audit.json",),
    "cargo-audit": ("cargo-audit.json",),
    "vulture": ("vulture.txt",),
}


def table(audit: Audit) -> list[tuple[str, str, str, str]]:
    """Return severity, place, rule and problem of each finding."""
    return [
        (item.severity.value, item.file, item.origins[0].rule, item.problem)
        for item in audit.findings
    ]


def edited(path: Path, folder: Path, change: Any) -> Path:  # noqa: ANN401 - a function on JSON
    """Write the JSON at ``path``, changed in place by ``change``, to ``folder``."""
    data = read_json(path).data
    change(data)
    target = folder / path.name
    target.write_text(json.dumps(data), encoding="utf-8")
    return target


def sources() -> dict[str, str]:
    """Return the project's files as ESLint read them."""
    files = json.loads((TOOLS / "eslint.json").read_text("utf-8"))
    return {file["filePath"]: file["source"] for file in files if "source" in file}


def fixed(fix: OfferedFix) -> str:
    """Return the lines that a fix changes, as it leaves them."""
    old = sources()[fix.path]
    new = old[: fix.start] + fix.text + old[fix.end :]
    return "\n".join(line for line in new.split("\n") if line not in old.split("\n"))


OURS = ("any", "audit", "csv", "empty", "large-sarif", "markdown", "yaml")


def test_every_format_has_a_real_report_and_is_told_by_its_content() -> None:
    """A row of the table without a report of its tool, or one read as another's, is a mistake."""
    names = [form.name for form in JSON_FORMATS] + [form.name for form in TEXT_FORMATS]
    assert sorted(names) == sorted([*OURS, *FIXTURES])
    for name, reports in FIXTURES.items():
        for report in reports:
            audit = load_audit(TOOLS / report)
            assert {item.origins[0].format for item in audit.findings} <= {name}
            assert len({item.id for item in audit.findings}) == len(audit.findings)


def test_eslint_messages_become_findings() -> None:
    """Place, rule, the code on the line and the fix are all kept."""
    audit = load_audit(TOOLS / "eslint.json")
    assert table(audit) == [
        (
            "MEDIUM",
            "src/index.ts:6",
            "prefer-const",
            "'name' is never reassigned. Use 'const' instead.",
        ),
        ("LOW", "src/index.ts:8", "no-eval", "eval can be harmful."),
        ("MEDIUM", "src/room.ts:10", "no-var", "Unexpected var, use let or const instead."),
        (
            "MEDIUM",
            "src/room.ts:11",
            "@typescript-eslint/no-unused-vars",
            "'unused' is assigned a value but never used.",
        ),
        ("MEDIUM", "src/room.ts:12", "eqeqeq", "Expected '===' and instead saw '=='."),
    ]
    code = 'const label = "🎵 " + name; var count = 8;'
    identity = fingerprint("src/room.ts", "", "no-var", code)
    said = "Unexpected var, use let or const instead."
    assert audit.findings[2] == Finding(
        id=f"ESLINT-{identity[:8]}",
        severity=Severity.MEDIUM,
        dimension=Dimension.CODE_QUALITY,
        file="src/room.ts:10",
        function="",
        problem=said,
        evidence=code,
        impact="",
        fix="Apply the fix that ESLint offers",
        complexity="",
        places=(Place("src/room.ts", line=10),),
        origins=(Origin("eslint", "ESLint", "no-var", said),),
        offered_fixes=(
            OfferedFix(
                *("src/room.ts", -1, -1, "let", "ESLint", said),
                region=Region(10, 30, 10, 33, "characters"),
                digest=text_digest(sources()["src/room.ts"]),
            ),
        ),
        fingerprint=identity,
    )


def test_eslint_fixes_are_placed_behind_characters_of_two_units() -> None:
    """ESLint counts UTF-16 units, Python characters: after an emoji they differ."""
    audit = place_fixes(load_audit(TOOLS / "eslint.json"), sources().get)
    offered = [fix for item in audit.findings for fix in item.offered_fixes]
    assert [fixed(fix) for fix in offered] == [
        'const name = options["room"] ?? "🎵 lobby";',
        '  const label = "🎵 " + name; let count = 8;',
    ]


def test_an_eslint_fix_without_the_files_text_is_noted(tmp_path: Path) -> None:
    """A fix that cannot be placed is left out and said, not guessed."""

    def without_source(files: Any) -> None:  # noqa: ANN401
        for file in files:
            file.pop("source", None)

    audit = load_audit(edited(TOOLS / "eslint.json", tmp_path, without_source))
    assert not any(item.offered_fixes for item in audit.findings)
    assert [note.field for note in audit.notes] == ["src/index.ts:6", "src/room.ts:10"]


def test_semgrep_results_take_level_and_dimension_from_their_rules() -> None:
    """A result without a level has its rule's; a security tag makes it a matter of security."""
    audit = load_audit(TOOLS / "semgrep.sarif")
    assert table(audit) == [
        (
            "HIGH",
            "src/index.ts:8",
            "eval-of-a-string",
            "eval runs whatever the string says; call the function itself",
        ),
        ("MEDIUM", "src/room.ts:12", "double-equals", "== converts types first"),
    ]
    assert [item.dimension for item in audit.findings] == [
        Dimension.SECURITY,
        Dimension.CODE_QUALITY,
    ]
    assert audit.findings[1].evidence == "if (count == 8) {"


def test_semgrep_fixes_are_placed_by_the_files_text() -> None:
    """Semgrep names an expression and gives the whole line: the line is what is replaced."""
    audit = load_audit(TOOLS / "semgrep.sarif")
    (waiting,) = audit.findings[1].offered_fixes
    assert (waiting.start, waiting.region) == (-1, Region(12, 7, 12, 17))
    (placed,) = place_fixes(audit, sources().get).findings[1].offered_fixes
    assert placed.region is None
    assert fixed(placed) == "  if ((count === 8)) {"


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        (Region(1, 2, 1, 3, "characters"), (1, 2)),
        (Region(2, 4, 2, 5, "utf-16"), (7, 8)),
        (Region(2, 4, 2, 5, "characters"), (8, 9)),
        (Region(2, 4, 2, 5), (-1, -1)),
        (Region(1, 2, 1, 3), (1, 2)),
        (Region(2, 1, 2, 0), (5, 9)),
        (Region(1, 1, 3, 1), (0, 10)),
        (Region(9, 1, 9, 2), (-1, -1)),
        (Region(1, 9, 1, 10), (-1, -1)),
        (Region(1, 3, 1, 1), (-1, -1)),
    ],
)
def test_a_region_is_counted_in_its_unit_or_left(region: Region, expected: tuple[int, int]) -> None:
    """Columns count what the tool says; where that is unsaid and matters, nothing is placed."""
    finding = load_audit(TOOLS / "semgrep.sarif").findings[1]
    fix = OfferedFix("a.ts", -1, -1, "x", "Tool", region=region)
    audit = Audit("a", "a", "", "", "", "", "", (replace(finding, offered_fixes=(fix,)),))
    (placed,) = place_fixes(audit, {"a.ts": "a+c\r\n🎵b+d\n"}.get).findings[0].offered_fixes
    assert (placed.start, placed.end) == expected


CODEQL = {
    "version": "2.1.0",
    "runs": [
        {
            "tool": {
                "driver": {"name": "CodeQL", "rules": []},
                "extensions": [
                    {
                        "name": "codeql/javascript-queries",
                        "rules": [
                            {
                                "id": "js/code-injection",
                                "defaultConfiguration": {"level": "error"},
                                "properties": {"tags": ["security"], "security-severity": "9.3"},
                            }
                        ],
                    }
                ],
            },
            "artifacts": [
                {"location": {"uri": "src/a%20b.ts", "uriBaseId": "%SRCROOT%", "index": 0}}
            ],
            "columnKind": "utf16CodeUnits",
            "versionControlProvenance": [{"revisionId": "abc1234", "branch": "main"}],
            "results": [
                {
                    "rule": {"id": "js/code-injection", "index": 0, "toolComponent": {"index": 0}},
                    "message": {"text": "Depends on a [user-provided value](1)."},
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"index": 0},
                                "region": {"startLine": 4, "startColumn": 3, "endColumn": 9},
                            }
                        }
                    ],
                    "partialFingerprints": {"primaryLocationLineHash": "39fa2ee980eb94b0:1"},
                },
                {"message": {"text": "fine"}, "kind": "pass"},
                {"message": {"text": "known"}, "suppressions": [{"kind": "external"}]},
                {"message": {"text": "gone"}, "baselineState": "absent"},
            ],
        }
    ],
}


def test_codeql_rules_are_found_in_extensions_and_what_is_left_out_is_said(tmp_path: Path) -> None:
    """Rule by component, file by index, severity by score; passed results noted."""
    path = tmp_path / "codeql.sarif"
    path.write_text(json.dumps(CODEQL), encoding="utf-8")
    audit = load_audit(path)
    assert table(audit) == [
        ("CRITICAL", "src/a b.ts:4", "js/code-injection", "Depends on a user-provided value."),
        ("MEDIUM", "", "", "known"),
    ]
    assert [finding.status for finding in audit.findings] == [Status.OPEN, Status.ACCEPTED]
    assert (audit.commit, audit.branch) == ("abc1234", "main")
    assert audit.notes == (
        Note("runs", "1 results", "", "left out: they passed or do not apply"),
        Note("runs", "1 results", "", "left out: they are gone since the tool's baseline"),
    )


def test_knip_depcheck_and_ts_prune_name_what_nobody_uses() -> None:
    """Unused files, exports and packages, and packages that are not declared."""
    assert table(load_audit(TOOLS / "knip.json")) == [
        ("LOW", "src/orphan.ts", "files", "src/orphan.ts is never imported"),
        (
            "LOW",
            "package.json",
            "dependencies",
            "lodash is declared in package.json and never imported",
        ),
        (
            "LOW",
            "package.json",
            "dependencies",
            "left-pad is declared in package.json and never imported",
        ),
        (
            "LOW",
            "package.json",
            "devDependencies",
            "rimraf is declared in package.json and never imported",
        ),
        ("LOW", "src/room.ts:18", "exports", "closeRoom is exported and never imported"),
        ("LOW", "src/room.ts:6", "types", "Seat is exported and never imported"),
        (
            "MEDIUM",
            "package.json",
            "unlisted",
            "chalk is imported and not declared in package.json",
        ),
    ]
    depcheck = load_audit(TOOLS / "depcheck.json")
    assert [item.problem.split(" is ")[0] for item in depcheck.findings] == [
        *("lodash", "left-pad", "typescript", "rimraf", "chalk"),
    ]
    assert [place.path for place in depcheck.findings[-1].places] == [
        "package.json",
        "src/index.ts",
    ]
    assert table(load_audit(TOOLS / "ts-prune.txt"))[2] == (
        "INFO",
        "src/room.ts:1",
        "ts-prune",
        "Room is exported and never imported; its own file uses it",
    )


def test_knip_before_version_6_is_read_too(tmp_path: Path) -> None:
    """Unused files stood in a list of their own, and members under their enum."""
    path = tmp_path / "knip.json"
    member = {"name": "Left", "line": 3, "col": 3, "pos": 30}
    issue = {"file": "src/a.ts", "owners": [], "enumMembers": {"Side": [member]}, "duplicates": []}
    path.write_text(json.dumps({"files": ["src/b.ts"], "issues": [issue]}), encoding="utf-8")
    assert table(load_audit(path)) == [
        ("LOW", "src/b.ts", "files", "src/b.ts is never imported"),
        ("LOW", "src/a.ts:3", "enumMembers", "the enum member Side.Left is never used"),
    ]


def test_npm_audit_names_advisories_and_what_to_update() -> None:
    """Severity, advisory, range and the version that fixes it are npm's own."""
    audit = load_audit(TOOLS / "npm-audit.json")
    assert table(audit) == [
        (
            "HIGH",
            "package.json",
            "GHSA-35jh-r3h4-6jhm",
            "lodash <4.17.21 is vulnerable: Command Injection in lodash",
        ),
        (
            "CRITICAL",
            "package.json",
            "GHSA-xvch-5gv4-984h",
            "minimist 1.0.0 - 1.2.5 is vulnerable: Prototype Pollution in minimist",
        ),
    ]
    assert [item.fix for item in audit.findings] == [
        "Update lodash to 4.18.1",
        "Update minimist to 1.2.8",
    ]


def test_a_registry_that_refuses_is_told_from_a_project_without_vulnerabilities() -> None:
    """No answer gives no findings and says that nothing is known."""
    audit = load_audit(TOOLS / "npm-audit-refused.json")
    assert audit.findings == ()
    assert audit.notes == (
        Note(
            "error",
            "405 Method Not Allowed - POST "
            "https://registry.npmjs.org/-/npm/v1/security/advisories/bulk",
            "",
            "npm audit got no answer from the registry; nothing is known about vulnerabilities",
        ),
    )


def test_absolute_paths_become_relative_to_the_repository(tmp_path: Path) -> None:
    """Tools that write a machine's paths give the same audit as those that do not."""

    def absolute(files: Any) -> None:  # noqa: ANN401
        for file in files:
            file["filePath"] = f"/home/ada/my rooms/{file['filePath']}"

    report = edited(TOOLS / "eslint.json", tmp_path, absolute)
    plain = load_audit(TOOLS / "eslint.json").findings
    texts = sources()
    assert resolve_places(load_audit(report).findings, texts, texts.get) == plain


def test_a_place_behind_a_link_or_in_other_letters_is_found() -> None:
    """Every room after this one has the path that the tree has, and the audit's is noted."""
    audit = load_audit(TOOLS / "eslint.json")
    texts = {"kiln/größe.ts": "1;\n", "kiln/oven.ts": "2;\n", "loom/größe.ts": "3;\n"}
    places = (Place("kiln/gro\u0308ße.ts", PlaceKind.FILE), Place("kiln/link.ts", PlaceKind.FILE))
    finding = replace(audit.findings[0], places=places, notes=(), offered_fixes=())
    links = {"kiln/link.ts": "kiln/oven.ts", "kiln/lost.ts": "gone.ts"}
    (found,) = resolve_places([finding], texts, texts.get, links)
    assert [place.path for place in found.places] == ["kiln/größe.ts", "kiln/oven.ts"]
    assert [note.why for note in found.notes] == [
        "the same letters, composed otherwise",
        "a link to kiln/oven.ts",
    ]


@pytest.mark.parametrize(
    ("paths", "relative"),
    [
        (["/r/src/a.ts", "/r/src/b/c.ts"], ["src/a.ts", "src/b/c.ts"]),
        (["/r/package.json", "/r/src/a.ts"], ["package.json", "src/a.ts"]),
        (["C:\\r\\src\\a.ts", "C:\\r\\tests\\b.ts"], ["src/a.ts", "tests/b.ts"]),
        (["file:///r%20s/src/a.ts"], ["src/a.ts"]),
        (["src/a.ts", "./b.ts"], ["src/a.ts", "b.ts"]),
    ],
)
def test_the_root_is_what_all_paths_share(paths: list[str], relative: list[str]) -> None:
    """The repository begins above ``src`` and its like, or where all files are together."""
    root = Root(paths)
    assert [root.relative(path) for path in paths] == relative


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "eslint",
            [{"filePath": 1, "messages": []}],
            "[0].filePath: not as ESLint writes it (expected `str`, got `int`)",
        ),
        ("sarif", {"version": "1.0.0", "runs": []}, "version: SARIF 1.0.0 is not read"),
        (
            "depcheck",
            {"dependencies": {}, "devDependencies": [], "missing": {}},
            "dependencies: not as depcheck writes it (expected `array`, got `object`)",
        ),
    ],
)
def test_a_report_that_no_tool_writes_is_refused(
    name: str, data: object, message: str, tmp_path: Path
) -> None:
    """The line names the JSON path and the tool it was taken for."""
    path = tmp_path / f"{name}.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_audit(path)
    assert str(caught.value).startswith(f"{path}: {message}; ")


def test_secrets_in_a_report_are_redacted(tmp_path: Path) -> None:
    """A tool that quotes a secret does not bring it into the plan."""
    path = tmp_path / "prune.txt"
    path.write_text(f"src/a.ts:1 - npm_{'a1B2' * 9}\n", encoding="utf-8")
    audit = load_audit(path)
    assert audit.redactions == 1
    assert audit.findings[0].problem == "[redacted] is exported and never imported"


def test_a_null_stands_for_what_is_absent(tmp_path: Path) -> None:
    """Tools that write null for an optional property give the same findings."""

    def nulls(log: Any) -> None:  # noqa: ANN401
        for result in log["runs"][0]["results"]:
            result |= {"kind": None, "suppressions": None, "rule": None, "codeFlows": None}

    report = edited(TOOLS / "semgrep.sarif", tmp_path, nulls)
    assert load_audit(report).findings == load_audit(TOOLS / "semgrep.sarif").findings


_junk = st.none() | st.booleans() | st.integers(-9, 9) | st.text("a:/[]{}.", max_size=4)
_anything = _junk | st.lists(_junk, max_size=2) | st.dictionaries(_junk.map(str), _junk)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.data(), name=st.sampled_from([name for names in FIXTURES.values() for name in names])
)
def test_any_report_is_read_or_refused(data: st.DataObject, name: str, tmp_path: Path) -> None:
    """A tool's report with values removed or replaced by anything fails only by a refusal."""
    report = TOOLS / name
    if report.suffix == ".txt":
        lines = report.read_text("utf-8")
        at = data.draw(st.integers(0, len(lines)))
        path = tmp_path / name
        path.write_text(lines[:at] + data.draw(st.text("\n:- 1a", max_size=3)) + lines[at + 1 :])
    else:
        path = edited(report, tmp_path, lambda node: _mutate(node, data))
    try:
        audit = load_audit(path)
    except InputError as error:
        assert len(str(error).encode()) <= 500  # noqa: PT017 - either outcome is right
    else:
        assert msgspec.json.decode(msgspec.json.encode(audit), type=Audit) == audit


def _mutate(node: Any, data: st.DataObject) -> None:  # noqa: ANN401
    while node:
        step = data.draw(
            st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node)))
        )
        if isinstance(node[step], dict | list) and data.draw(st.integers(0, 3)):
            node = node[step]
            continue
        node[step] = data.draw(
            _junk | st.lists(_junk, max_size=2) | st.dictionaries(_junk.map(str), _junk)
        )
        return


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (
            "pip-audit.json",
            [
                (
                    "requirements.txt",
                    None,
                    "jinja2 2.11.0 is vulnerable: A regular expression takes quadratic time.",
                    "Update jinja2 to 2.11.3",
                )
            ],
        ),
        (
            "cargo-audit.json",
            [
                (
                    "Cargo.lock",
                    None,
                    "time 0.1.43 is vulnerable: Potential segfault in the time crate",
                    "Update time to >=0.2.23",
                )
            ],
        ),
        (
            "vulture.txt",
            [
                ("kiln/heat.py", 12, "unused function 'cool' (60 % sure)", ""),
                ("kiln/heat.py", 40, "unreachable code after 'return' (100 % sure)", ""),
                ("kiln/glaze.py", 3, "unused import 'math' (90 % sure)", ""),
            ],
        ),
    ],
)
def test_tools_of_python_and_rust(name: str, rows: list[tuple[str, int | None, str, str]]) -> None:
    """Each finding has its place, what is said of it, and the version that repairs it."""
    audit = load_audit(TOOLS / name)
    assert [
        (each.places[0].path, each.places[0].line, each.problem, each.fix)
        for each in audit.findings
    ] == rows


def test_a_package_that_pip_audit_did_not_look_up_is_noted() -> None:
    """Nothing is known of it, which is not the same as nothing being wrong."""
    notes = load_audit(TOOLS / "pip-audit.json").notes
    assert [(note.field, note.why) for note in notes if "pip-audit" in note.why] == [
        (
            "dependencies",
            "pip-audit looked it up nowhere; nothing is known about its vulnerabilities",
        )
    ]


@pytest.mark.parametrize("name", ["list alone", "nothing installed"])
def test_pip_audit_reports_of_other_versions_are_read(name: str, tmp_path: Path) -> None:
    """Earlier versions wrote the list alone; a report on nothing at all is a good day."""
    whole = json.loads((TOOLS / "pip-audit.json").read_text(encoding="utf-8"))
    written = {"list alone": whole["dependencies"], "nothing installed": {"dependencies": []}}
    path = tmp_path / "report.json"
    path.write_text(json.dumps(written[name]), encoding="utf-8")
    found = load_audit(path).findings
    expected = load_audit(TOOLS / "pip-audit.json").findings if name == "list alone" else ()
    assert found == expected
