"""Formats are told by evidence; scanners' own reports are read, or named with the way on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mendbook.errors import InputError
from mendbook.intake import load_audit, place_fixes
from mendbook.intake.formats.evidence import Evidence, by_items, by_keys
from mendbook.intake.formats.foreign import FOREIGN
from mendbook.intake.formats.formats import JSON_FORMATS, JsonFormat, json_format
from mendbook.intake.normalise import read_audit
from mendbook.model import Audit, Dimension, Place

TOOLS = Path(__file__).parent.parent / "data" / "tools"


def rows(audit: Audit) -> list[tuple[str, str, str, str]]:
    """Return severity, place, rule and problem of each finding."""
    return [
        (item.severity.value, item.file, item.origins[0].rule, item.problem)
        for item in audit.findings
    ]


def written(folder: Path, data: object, name: str = "report.json") -> Path:
    """Write ``data`` as JSON and return the file."""
    path = folder / name
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


# --- told by evidence ----------------------------------------------------------------------------


def test_a_new_format_is_a_row() -> None:
    """A row with its own evidence wins over those that only fit."""
    form = JsonFormat("kiln", lambda data: by_keys(data, ("kiln", "firings")), read_audit)
    data = {"kiln": 3, "firings": [], "findings": []}
    assert json_format("a.json", data, (*JSON_FORMATS, form)).form is form


def test_of_two_that_are_equally_likely_none_is_taken() -> None:
    """A tie is refused with both names and what speaks for each."""
    two = (
        JsonFormat("kiln", lambda _: Evidence(0.9, "kilns"), read_audit),
        JsonFormat("loom", lambda _: Evidence(0.9, "looms"), read_audit),
    )
    with pytest.raises(InputError) as caught:
        json_format("a.json", {}, two)
    assert str(caught.value) == (
        "a.json: it could be kiln and loom alike (kilns; looms); leave out what is not of one tool"
    )


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"issues": [{"file": "a.py", "line": 3, "message": "m", "severity": "low"}]}, "audit"),
        ({"issues": [{"file": "a.ts", "exports": [{"name": "x", "line": 1}]}]}, "knip"),
        ({"issues": [], "files": []}, "knip"),
        ([], "empty"),
        (None, "empty"),
        ({"results": [], "errors": [], "paths": {}, "version": "1"}, "semgrep"),
        ({"results": [], "errors": [], "metrics": {}, "generated_at": ""}, "bandit"),
        ({"Issues": None, "Stats": {}}, "gosec"),
        ({"version": "2.1.0", "runs": []}, "sarif"),
        ({"type": "auditSummary", "data": {}}, "yarn-audit"),
        ({"findings": [{"id": 1, "severity": "LOW", "problem": "p"}], "runs": []}, "audit"),
    ],
)
def test_a_format_is_told_by_what_only_it_writes(data: object, name: str) -> None:
    """One key that several tools share decides nothing."""
    assert json_format("a.json", data).form.name == name


def test_items_of_another_kind_do_not_hide_what_the_others_are() -> None:
    """Evidence is a share: less for each item that does not fit, nothing below half."""
    good, bad = {"a": 1, "b": 2}, {"c": 3}
    whole = by_items([good, good], ("a", "b"))
    assert whole.score == 1.0
    assert 0.9 < by_items([good, good, bad], ("a", "b")).score < 1.0
    assert by_items([good, bad, bad], ("a", "b")).score == 0.0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"root_group": {}, "metrics": {}}, "a k6 summary"),
        ([{"template-id": "x", "matched-at": "http://a"}], "a Nuclei report"),
        ({"template-id": "x", "matched-at": "http://a", "info": {}}, "a Nuclei report"),
        ({"bomFormat": "CycloneDX", "specVersion": "1.5"}, "a CycloneDX bill of materials"),
        ({"Issues": [{"FromLinter": "x", "Text": "t", "Pos": {}}]}, "a golangci-lint report"),
        ({"scan_info": {}, "warnings": [], "errors": []}, "a Brakeman report"),
        ({"name": "x", "scripts": {}, "dependencies": {}}, "a package.json"),
    ],
)
def test_a_report_that_is_known_and_not_read_is_named(
    data: object, said: str, tmp_path: Path
) -> None:
    """The refusal says whose it is and what to do, in one line."""
    path = written(tmp_path, data)
    with pytest.raises(InputError) as caught:
        load_audit(path)
    assert str(caught.value).startswith(f"{path}: this is {said}, which is not read as an audit; ")


def test_every_known_report_has_a_name_and_a_way_on() -> None:
    """No two rows say the same, and each says what to do."""
    assert len({row.what for row in FOREIGN}) == len(FOREIGN)
    assert all(row.remedy for row in FOREIGN)


# --- what is read --------------------------------------------------------------------------------


def test_npm_6_and_pnpm_give_each_advisory_once() -> None:
    """All ways to a package are one finding: its file is the manifest when it is a direct one."""
    npm = load_audit(TOOLS / "npm6-audit.json")
    assert rows(npm) == [
        (
            "MEDIUM",
            "package.json",
            "1501",
            "left-shift 1.4.0, 1.2.0 (<2.0.1) is vulnerable: Path traversal",
        ),
        (
            "CRITICAL",
            "package-lock.json",
            "1777",
            "ymlish 3.1.0 (>=0.0.0) is vulnerable: Denial of service",
        ),
    ]
    assert [item.fix for item in npm.findings] == [
        "Update to version 2.0.1 or later",
        "No fixed version of ymlish is known; replace the package",
    ]
    pnpm = load_audit(TOOLS / "pnpm-audit.json")
    assert rows(pnpm) == [
        (
            "HIGH",
            "package.json",
            "GHSA-aaaa-bbbb-cccc",
            "barometer 0.2.0 (<0.2.1) is vulnerable: Prototype pollution in barometer",
        )
    ]
    assert pnpm.findings[0].origins[0].tool == "pnpm audit"


def test_yarn_writes_a_value_a_line() -> None:
    """Yarn 1 says an advisory once for each way, berry a tree for each package."""
    one = load_audit(TOOLS / "yarn1-audit.json")
    assert rows(one) == [
        (
            "LOW",
            "yarn.lock",
            "GHSA-dddd-eeee-ffff",
            "hose 1.0.2, 1.0.1 (<1.0.3) is vulnerable: Slow regular expression",
        )
    ]
    assert rows(load_audit(TOOLS / "yarn-berry-audit.json")) == [
        (
            "HIGH",
            "yarn.lock",
            "GHSA-dddd-eeee-ffff",
            "hose 1.0.2 is vulnerable: Slow regular expression",
        ),
        (
            "MEDIUM",
            "yarn.lock",
            "deprecated-dependency",
            "valve 0.9.0 is deprecated: valve is now part of hose",
        ),
    ]


def test_semgrep_bandit_and_gosec_are_read_in_their_own_words() -> None:
    """Place, rule, severity, code and weakness are the tool's; security rules are Security."""
    semgrep = load_audit(TOOLS / "semgrep.json")
    assert rows(semgrep) == [
        (
            "HIGH",
            "src/orders.py:14",
            "python.lang.security.audit.exec-detected",
            "exec runs whatever the text says.",
        ),
        ("LOW", "src/mail.py:3", "team.is-none", "Compare to None with is."),
    ]
    assert [item.dimension for item in semgrep.findings] == [
        Dimension.SECURITY,
        Dimension.CODE_QUALITY,
    ]
    assert [item.evidence for item in semgrep.findings] == ["exec(order.rule)", ""]
    assert [note.why for note in semgrep.notes] == ["left out: nosemgrep says so"]
    bandit = load_audit(TOOLS / "bandit.json")
    assert rows(bandit) == [
        ("HIGH", "shop/pages.py:13", "B701", "Autoescape is off."),
        ("LOW", "shop/cache.py:3", "B403", "Consider what pickle may load."),
    ]
    assert [item.evidence for item in bandit.findings] == [
        "return Template(name, autoescape=False)",
        "import pickle",
    ]
    gosec = load_audit(TOOLS / "gosec.json")
    assert rows(gosec) == [
        ("MEDIUM", "cmd/read/main.go:31", "G304", "File inclusion by a variable"),
        ("LOW", "store/put.go:8", "G104", "Errors unhandled"),
    ]
    assert gosec.findings[0].evidence == "data, err := os.ReadFile(name)"
    assert {item.dimension for item in (*bandit.findings, *gosec.findings)} == {Dimension.SECURITY}


def test_njsscan_and_mobsfscan_make_a_finding_of_each_match() -> None:
    """Two matches of one rule are two findings; a rule without any says what nowhere is."""
    web = load_audit(TOOLS / "njsscan.json")
    assert rows(web) == [
        ("HIGH", "gate.js:14", "eval_nodejs", "Words of a user are run as code."),
        ("HIGH", "lift/door.js:8", "eval_nodejs", "Words of a user are run as code."),
        (
            "MEDIUM",
            "views/ticket.hbs:3",
            "handlebars_triple",
            "Three braces print a name as it is.",
        ),
    ]
    assert web.findings[1].places == (Place("lift/door.js", line=8, end_line=10),)
    assert web.findings[0].evidence == "open(eval(req.query.code));"
    phone = load_audit(TOOLS / "mobsfscan.json")
    assert rows(phone) == [
        ("LOW", "app/Ferry.kt:5", "android_logging", "The app logs what it sells."),
        ("LOW", "app/Ferry.kt:9", "android_logging", "The app logs what it sells."),
        ("LOW", "", "android_root_detection", "Nothing tells a rooted phone."),
    ]
    assert {one.origins[0].tool for one in phone.findings} == {"mobsfscan"}


def test_eslint_with_metadata_says_where_it_ran() -> None:
    """The folder it ran in is the root, however deep the only file with a message lies."""
    assert rows(load_audit(TOOLS / "eslint-with-metadata.json")) == [
        ("MEDIUM", "tools/pack.js:1", "no-var", "Unexpected var, use let or const instead.")
    ]


def test_ruff_tells_rules_apart_by_their_letters() -> None:
    """Only what Ruff calls safe is offered; an unsafe fix is said with the warning."""
    audit = load_audit(TOOLS / "ruff.json")
    assert rows(audit) == [
        ("MEDIUM", "src/grind.py:1", "F401", "`os` imported but unused"),
        ("MEDIUM", "src/grind.py:2", "F401", "`sys` imported but unused"),
        ("LOW", "src/grind.py:6", "E711", "Comparison to `None` should be `cond is None`"),
        ("LOW", "src/grind.py:10", "E722", "Do not use bare `except`"),
        (
            "MEDIUM",
            "src/grind.py:11",
            "S307",
            "Use of possibly insecure function; consider using `ast.literal_eval`",
        ),
    ]
    assert [len(item.offered_fixes) for item in audit.findings] == [1, 1, 0, 0, 0]
    assert audit.findings[2].fix == (
        "Replace with `cond is None` (Ruff calls its fix unsafe: look at it first)"
    )
    source = "import os\nimport sys\n\n\ndef grind(): ...\n"
    (placed,) = place_fixes(audit, {"src/grind.py": source}.get).findings[1].offered_fixes
    assert (placed.start, placed.end, placed.text) == (10, 21, "")


def test_checkov_and_hadolint_look_at_infrastructure() -> None:
    """A leading slash is the folder that was looked at; range and resource are kept."""
    checkov = load_audit(TOOLS / "checkov.json")
    assert rows(checkov) == [
        (
            "MEDIUM",
            "infra/store.tf:3",
            "CKV_AWS_19",
            "Ensure data in the bucket is encrypted (aws_s3_bucket.harvest)",
        ),
        (
            "LOW",
            "Dockerfile:1",
            "CKV_DOCKER_3",
            "Ensure that a user is created (/Dockerfile.)",
        ),
    ]
    assert checkov.findings[0].places == (Place("infra/store.tf", line=3, end_line=5),)
    assert [note.why for note in checkov.notes] == ["left out: a comment in the code skips them"]
    assert rows(load_audit(TOOLS / "hadolint.json")) == [
        (
            "LOW",
            "press/Dockerfile:1",
            "DL3006",
            "Always tag the version of an image explicitly",
        ),
        ("INFO", "press/Dockerfile:7", "SC2086", "Double quote to prevent globbing"),
    ]


def test_trivy_names_files_only_where_there_are_any() -> None:
    """Packages inside an image and objects of a cluster are no files of the repository."""
    audit = load_audit(TOOLS / "trivy.json")
    assert rows(audit) == [
        (
            "HIGH",
            "orchard/requirements.txt",
            "CVE-2023-11111",
            "pruner 1.2.0 is vulnerable: pruner: a branch is followed twice",
        ),
        (
            "INFO",
            "orchard/requirements.txt",
            "CVE-2023-22222",
            "ladder 0.9 is vulnerable: CVE-2023-22222",
        ),
        ("LOW", "infra/gate.tf:7", "AVD-AWS-0143", "A policy is attached to a user"),
        ("CRITICAL", "deploy/env.sh:2", "aws-key", "AWS Access Key stands in deploy/env.sh"),
        ("MEDIUM", "", "CVE-2022-33333", "libbark 2.0-1 is vulnerable: libbark: overflow"),
        ("HIGH", "", "GPL-3.0", "libbark is under GPL-3.0, which is restricted"),
    ]
    assert [item.fix for item in audit.findings[:4]] == [
        "Update pruner to 1.2.4",
        "No fixed version of ladder is known; replace the package",
        "Attach it to a group",
        "Take it out of the code, and rotate it",
    ]
    assert audit.findings[2].evidence == 'resource "x" {'
    assert rows(load_audit(TOOLS / "trivy-cluster.json")) == [
        ("MEDIUM", "", "KSV001", "Container press may gain rights")
    ]


def test_snyk_names_the_way_and_the_first_step_that_helps() -> None:
    """Each way is a finding, and its fix updates the package on it that the project declares."""
    audit = load_audit(TOOLS / "snyk.json")
    assert rows(audit) == [
        (
            "MEDIUM",
            "web/package-lock.json",
            "SNYK-JS-HOSE-100",
            "hose 1.0.2 is vulnerable: Prototype Pollution",
        ),
        (
            "CRITICAL",
            "web/package-lock.json",
            "SNYK-JS-VALVE-7",
            "valve 0.9.0 is vulnerable: Denial of Service",
        ),
    ]
    assert [(item.evidence, item.fix) for item in audit.findings] == [
        ("garden@1.0.0 > sprinkler@4.0.0 > hose@1.0.2", "Update sprinkler to 4.0.1"),
        (
            "garden@1.0.0 > valve@0.9.0",
            "No fixed version of valve is known; replace the package",
        ),
    ]


def test_gitleaks_never_repeats_the_secret() -> None:
    """The same secret at the same place in several commits is one finding with all of them."""
    audit = load_audit(TOOLS / "gitleaks.json")
    assert rows(audit) == [
        (
            "HIGH",
            "tiles/config.py:4",
            "map-key",
            "A secret stands in the code: A key of a map service",
        )
    ]
    assert audit.findings[0].extra == {"commits": ["a" * 40, "b" * 40]}
    old = load_audit(TOOLS / "gitleaks7.json")
    assert rows(old) == [
        ("HIGH", "deploy/values.yaml:9", "Generic", "A secret stands in the code: Generic")
    ]
    for finding in (*audit.findings, *old.findings):
        assert "abc-def-123" not in str(finding)


def test_sonar_components_become_paths() -> None:
    """Type, else tags, make the dimension; a finding about the whole project has no place."""
    audit = load_audit(TOOLS / "sonar.json")
    assert rows(audit) == [
        ("MEDIUM", "press/src/Press.java:31", "java:S2259", "A press may be null here."),
        ("LOW", "press/src/Press.java:12", "java:S1192", "Name this text once."),
        ("CRITICAL", "", "external:jar", "A jar is vulnerable."),
    ]
    assert [item.dimension for item in audit.findings] == [
        Dimension.SECURITY,
        Dimension.CODE_QUALITY,
        Dimension.SECURITY,
    ]
    hotspots = load_audit(TOOLS / "sonar-hotspots.json")
    assert rows(hotspots) == [("HIGH", "press/web/Gate.java:5", "java:S5122", "Look at this gate.")]
    assert [note.why for note in hotspots.notes] == [
        "this is one page of several; export the others, too"
    ]


def test_codetf_diffs_are_offered_as_fixes() -> None:
    """Each run of changed lines is a region; what a codemod could not change is a finding, too."""
    audit = load_audit(TOOLS / "codetf.json")
    said = "Security: a random source that nobody guesses"
    assert rows(audit) == [
        ("HIGH", "press/code.py:2", "acme:python/secure-random", said),
        ("HIGH", "press/other.py:9", "acme:python/secure-random", said),
    ]
    assert {item.dimension for item in audit.findings} == {Dimension.SECURITY}
    source = "import random\n\n\ndef code():\n    return random.random()\n"
    fixes = place_fixes(audit, {"press/code.py": source}.get).findings[0].offered_fixes
    for fix in reversed(fixes):
        source = source[: fix.start] + fix.text + source[fix.end :]
    assert source == (
        "import random\nimport secrets\n\n\ndef code():\n"
        "    return secrets.SystemRandom().random()\n"
    )


@pytest.mark.parametrize(
    "report",
    ["semgrep.json", "bandit.json", "gosec.json", "eslint.json", "ruff.json", "hadolint.json"],
)
def test_one_bad_entry_does_not_hide_the_others(report: str, tmp_path: Path) -> None:
    """It is named by its place and left out."""
    data: Any = json.loads((TOOLS / report).read_text("utf-8"))
    whole = load_audit(TOOLS / report)
    entries = data if isinstance(data, list) else data.get("results", data.get("Issues"))
    entries.insert(1, {"unknown": True})
    audit = load_audit(written(tmp_path, data))
    assert [item.problem for item in audit.findings] == [item.problem for item in whole.findings]
    assert any("[1]" in note.field and "left out" in note.why for note in audit.notes)


def test_values_after_one_another_are_one_report(tmp_path: Path) -> None:
    """Lines of JSON and documents in a row are a list; anything else after a value is refused."""
    path = tmp_path / "report.json"
    path.write_text('{"type": "info", "data": 1}\n\n{"type": "auditSummary", "data": {}}\n')
    assert load_audit(path).findings == ()
    path.write_text('{"findings": []} trailing')
    with pytest.raises(InputError, match="not JSON"):
        load_audit(path)


def test_snyk_tells_a_misconfiguration_of_a_mills_cluster(tmp_path: Path) -> None:
    """The line, the impact and the remedy of ``snyk iac test`` are the finding's."""
    issue = {
        "id": "SNYK-CC-K8S-8",
        "title": "Container runs without root restriction",
        "severity": "high",
        "lineNumber": 14,
        "issue": "The grinder runs as root",
        "impact": "Who breaks in owns the mill",
        "resolve": "Set `runAsNonRoot: true`",
    }
    path = tmp_path / "snyk-iac.json"
    data = {"targetFile": "deploy\\mill.yaml", "infrastructureAsCodeIssues": [issue]}
    path.write_text(json.dumps(data), encoding="utf-8")
    (finding,) = load_audit(path).findings
    assert (finding.file, finding.places[0].line) == ("deploy/mill.yaml:14", 14)
    assert (finding.problem, finding.impact) == (issue["issue"], issue["impact"])
    assert (finding.severity, finding.fix) == ("HIGH", issue["resolve"])
