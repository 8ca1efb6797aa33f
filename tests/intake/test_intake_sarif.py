"""SARIF as tools write it: bases, absent parts, bad results, scores, ranks, and large logs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mendbook.errors import InputError
from mendbook.intake import load_audit
from mendbook.intake.compare import compare
from mendbook.intake.formats import sarif as sarif_format
from mendbook.model import Audit, Dimension, Place


def log(results: list[Any], name: str = "Lint", **run: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a log of one run."""
    driver = {"name": name, **run.pop("driver", {})}
    return {"version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results, **run}]}


def at(uri: str, line: int = 1, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a location."""
    place = {"uri": uri, **more}
    return {"physicalLocation": {"artifactLocation": place, "region": {"startLine": line}}}


def result(**parts: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a result with a message."""
    return {"message": {"text": "m"}, **parts}


def read(folder: Path, data: dict[str, Any]) -> Audit:
    """Write the log and read it."""
    path = folder / "log.sarif"
    path.write_text(json.dumps(data), encoding="utf-8")
    return load_audit(path)


HOME = "file:///home/ci/observatory/"


@pytest.mark.parametrize(
    ("bases", "places", "paths"),
    [
        (
            {"TOP": {"uri": HOME}, "DOME": {"uri": "parts/dome/", "uriBaseId": "TOP"}},
            [at("src/turn.ts", uriBaseId="DOME"), at("parts/dome/src/turn.ts", uriBaseId="TOP")],
            ["parts/dome/src/turn.ts", "parts/dome/src/turn.ts"],
        ),
        (
            {"DOME": {"uri": "parts/dome/"}},
            [at("src/turn.ts", uriBaseId="DOME"), at("parts/dome/src/turn.ts")],
            ["parts/dome/src/turn.ts", "parts/dome/src/turn.ts"],
        ),
        (
            {"TOP": {"uri": HOME}, "DOME": {"uri": f"{HOME}parts/dome/"}},
            [at("src/turn.ts", uriBaseId="DOME"), at(f"{HOME}docs/a%20b.md")],
            ["parts/dome/src/turn.ts", "docs/a b.md"],
        ),
        (
            {"%SRCROOT%": {"uri": "file:///C:/work/observatory"}},
            [at("parts\\dome.cs", uriBaseId="%SRCROOT%"), at("file:///C:/work/observatory/x.cs")],
            ["parts/dome.cs", "x.cs"],
        ),
        (
            {},
            [at("./src/turn.ts"), at("src/b.ts", uriBaseId="NOWHERE")],
            ["src/turn.ts", "src/b.ts"],
        ),
        (
            {"A": {"uri": "a/", "uriBaseId": "B"}, "B": {"uri": "b/", "uriBaseId": "A"}},
            [at("c.ts")],
            ["c.ts"],
        ),
    ],
)
def test_a_uri_is_taken_with_its_base_and_that_with_its_own(
    bases: dict[str, Any], places: list[Any], paths: list[str], tmp_path: Path
) -> None:
    """Paths are relative to the outermost base; an unknown base says nothing; a circle ends."""
    results = [result(locations=[place]) for place in places]
    audit = read(tmp_path, log(results, originalUriBaseIds=bases))
    assert [item.places[0].path for item in audit.findings] == paths


def test_a_result_keeps_each_of_its_places_with_its_lines(tmp_path: Path) -> None:
    """A result at three places is one finding at three, two of them in one file."""
    places = [at("dome/turn.ts", 4), at("dome/turn.ts", 19), at("dome/lamp.ts", 2)]
    (finding,) = read(tmp_path, log([result(ruleId="R1", locations=places)])).findings
    assert finding.places == (
        Place("dome/turn.ts", line=4),
        Place("dome/turn.ts", line=19),
        Place("dome/lamp.ts", line=2),
    )


def test_results_without_a_message_or_a_place_are_taken(tmp_path: Path) -> None:
    """The rule's words stand for a message; what has none is still a finding."""
    rules = [{"id": "R1", "shortDescription": {"text": "The dome is open"}}]
    results = [
        {"ruleId": "R1"},
        {"ruleId": "R2", "locations": []},
        {"message": {"markdown": "*x*"}},
    ]
    audit = read(tmp_path, log(results, driver={"rules": rules}))
    assert [(item.problem, item.places) for item in audit.findings] == [
        ("The dome is open", ()),
        ("R2", ()),
        ("*x*", ()),
    ]


def test_good_results_are_kept_and_bad_ones_named(tmp_path: Path) -> None:
    """A result that no tool should write costs only itself; if all are so, the file is refused."""
    good = result(ruleId="R1", locations=[at("a.c")])
    audit = read(tmp_path, log([good, {"message": "text"}, good, {"locations": 3}, 7]))
    assert len(audit.findings) == 2
    assert [note.field for note in audit.notes] == [
        "runs[0].results[1].message",
        "runs[0].results[3].locations",
        "runs[0].results[4]",
    ]
    with pytest.raises(InputError, match=r"runs\[0\]\.results\[0\]\.message: not as SARIF writes"):
        read(tmp_path, log([{"message": "text"}]))


@pytest.mark.parametrize(
    ("parts", "rule", "severity"),
    [
        ({"level": "error"}, {}, "HIGH"),
        ({"level": "note", "rank": 99.0}, {}, "LOW"),
        ({"rank": 95.0}, {}, "CRITICAL"),
        ({"rank": 20.0}, {}, "LOW"),
        ({}, {"defaultConfiguration": {"rank": 75.0}}, "HIGH"),
        ({"properties": {"issue_severity": "LOW"}}, {}, "LOW"),
        ({"properties": {"security-severity": "9.8"}, "level": "note"}, {}, "CRITICAL"),
        ({"level": "warning"}, {"properties": {"security-severity": 7.5}}, "HIGH"),
        ({"kind": "review", "level": "none"}, {}, "INFO"),
        ({}, {}, "MEDIUM"),
    ],
)
def test_severity_is_by_score_then_level_then_rank(
    parts: dict[str, Any], rule: dict[str, Any], severity: str, tmp_path: Path
) -> None:
    """The most exact word that the tool has for it decides."""
    rules = [{"id": "R", **rule}]
    audit = read(tmp_path, log([result(ruleId="R", **parts)], driver={"rules": rules}))
    assert audit.findings[0].severity == severity


@pytest.mark.parametrize(
    ("tool", "tags", "properties", "dimension"),
    [
        ("Lint", ["external/cwe/cwe-079"], {}, Dimension.SECURITY),
        ("Lint", ["OWASP-A03:2021"], {}, Dimension.SECURITY),
        ("Lint", ["maintainability"], {"cwe": ["CWE-20"]}, Dimension.SECURITY),
        ("Lint", [], {"security-severity": "5.0"}, Dimension.SECURITY),
        ("Trivy", [], {}, Dimension.SECURITY),
        ("Aqua Security Trivy", [], {}, Dimension.SECURITY),
        ("Lint", ["performance"], {}, Dimension.PERFORMANCE),
        ("Lint", ["style"], {}, Dimension.CODE_QUALITY),
        ("Trivial Lint", ["style"], {}, Dimension.CODE_QUALITY),
    ],
)
def test_weaknesses_scores_and_scanners_mean_security(
    tool: str, tags: list[str], properties: dict[str, Any], dimension: Dimension, tmp_path: Path
) -> None:
    """A tag for a weakness, a score of security, or a tool that looks for nothing else."""
    rules = [{"id": "R", "properties": {"tags": tags, **properties}}]
    audit = read(tmp_path, log([result(ruleId="R")], name=tool, driver={"rules": rules}))
    assert audit.findings[0].dimension is dimension


def test_rules_that_nobody_declares_do_not_share_what_is_known_of_them(tmp_path: Path) -> None:
    """Each name is its own rule, however many there are."""
    results = [result(ruleId=f"R{number}", locations=[at("a.c")]) for number in range(50)]
    audit = read(tmp_path, log(results))
    assert [item.origins[0].rule for item in audit.findings] == [f"R{n}" for n in range(50)]


def _large(results: list[Any]) -> dict[str, Any]:
    whole = log(results, originalUriBaseIds={"TOP": {"uri": HOME}})
    whole["runs"][0]["properties"] = {"filler": "x" * 2000}
    return whole


def test_a_large_log_is_read_as_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decoded straight into what is read, it gives the same audit: bad results and secrets too."""
    secret = "gh" + "p_" + "a1B2c3D4" * 5
    results = [
        result(ruleId=f"R{number % 3}", locations=[at("src/a.ts", number + 1, uriBaseId="TOP")])
        for number in range(30)
    ]
    results[7] = {"message": "no"}
    results[8]["message"]["text"] = f"the token {secret} stands here"
    results[9]["suppressions"] = [{"kind": "inSource"}]
    small = read(tmp_path, _large(results))
    monkeypatch.setattr(sarif_format, "_LARGE", 1000)
    large = read(tmp_path, _large(results))
    assert large == small
    assert large.redactions == 1
    assert secret not in str(large)
    assert len(large.findings) == 29


def test_a_large_log_that_is_broken_is_refused_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be decoded the short way goes the long one, which says why."""
    monkeypatch.setattr(sarif_format, "_LARGE", 100)
    path = tmp_path / "log.sarif"
    path.write_text(json.dumps(_large([result()]))[:-2], encoding="utf-8")
    with pytest.raises(InputError, match="the file ends too early"):
        load_audit(path)
    twice = json.dumps(_large([result()])).replace('"filler"', '"a": NaN, "filler"')
    path.write_text(twice, encoding="utf-8")
    with pytest.raises(InputError, match="NaN is not a number JSON can hold"):
        load_audit(path)


def test_findings_do_not_depend_on_how_results_are_nested(tmp_path: Path) -> None:
    """Two runs of one tool are read as one report, ids apart."""
    one = log([result(ruleId="R", locations=[at("a.c")])])
    two = {**one, "runs": one["runs"] * 2}
    first, second = read(tmp_path, two).findings
    assert first.id != second.id
    assert replace(second, id=first.id, fingerprint=first.fingerprint) == first


@pytest.mark.parametrize(
    "key", ["fingerprints", "partialFingerprints"], ids=["whole", "of the line"]
)
def test_alike_results_without_code_are_told_apart_by_their_tools_fingerprints(
    key: str, tmp_path: Path
) -> None:
    """Of two that are alike, the one that is left in the next report is the second, moved."""
    name = "primaryLocationLineHash"
    marks = [{key: {name: "aa:1"}}, {key: {name: "bb:1"}}]
    first, second = (
        result(ruleId="no-drift", locations=[at("sail/log.c", line)], **mark)
        for line, mark in zip((4, 9), marks, strict=True)
    )
    before = read(tmp_path, log([first, second]))
    later = {**second, "locations": [at("sail/log.c", 7)]}
    after = read(tmp_path, log([later]))
    found = compare(before, after)
    assert [one.places[0].line for one in found.fixed] == [4]
    assert [(p.before.places[0].line, p.after.places[0].line) for p in found.moved] == [(9, 7)]
    assert not found.new


def test_code_is_the_identity_whatever_the_tool_says_of_it(tmp_path: Path) -> None:
    """A tool that begins to write fingerprints makes no finding new."""
    place = at("sail/log.c", 4)
    place["physicalLocation"]["region"]["snippet"] = {"text": "drift(now)"}
    plain = result(ruleId="no-drift", locations=[place])
    marked = {**plain, "partialFingerprints": {"primaryLocationLineHash": "aa:1"}}
    found = compare(read(tmp_path, log([plain])), read(tmp_path, log([marked])))
    assert len(found.still) == 1
    assert not found.new
    assert not found.fixed
