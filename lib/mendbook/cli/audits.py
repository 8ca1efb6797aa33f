"""Commands about audits alone: check one, show how it is understood, compare two."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mendbook.cli.options import path_argument, path_option
from mendbook.errors import UsageError


def validate(
    files: Annotated[list[Path], path_argument(help="Audit or remediation JSON files.")],
) -> None:
    """Check audit and remediation files; print each problem as file, JSON path, what, remedy."""
    from mendbook.errors import InputError
    from mendbook.intake import problems

    total = 0
    for file in files:
        here = problems(file)
        total += len(here)
        for problem in here:
            print(problem)
        if not here:
            print(f"{file}: valid")
    if total:
        raise typer.Exit(InputError.exit_code)


def compare(
    before: Annotated[Path, path_argument(help="The earlier audit, in any format that is read.")],
    after: Annotated[Path, path_argument(help="The later audit of the same repository.")],
) -> None:
    """Compare two audits: which findings are new, fixed, still there, or moved."""
    from mendbook.intake import comparison_table, load_audit
    from mendbook.intake.compare import compare as compared

    print(comparison_table(compared(load_audit(before), load_audit(after))))


def intake(
    audit: Annotated[Path, path_argument(help="The audit, in any shape or format.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    policy: Annotated[Path | None, path_option(help="Policy that hours are read by.")] = None,
    field_map: Annotated[
        Path | None, path_option("--map", help="How to read it: JMESPath for each field (YAML).")
    ] = None,
    write_map: Annotated[
        Path | None, path_option("--write-map", help="Write such a map, as AUDIT is understood.")
    ] = None,
) -> None:
    """Show how AUDIT is understood: its shape, each key, each finding, what was left."""
    import json

    from mendbook.effort.estimate import estimate
    from mendbook.intake import drafted_map, intake_json, intake_table, load_audit
    from mendbook.policy import load_policy
    from mendbook.publish import write_whole

    if write_map is not None:
        if write_map.exists():
            message = f"{write_map}: is there already; name another file for the map"
            raise UsageError(message)
        write_whole(write_map, drafted_map(audit).encode())
        print(f"Wrote {write_map}; correct it, and give it with --map {write_map}")
        return
    understood = load_audit(audit, field_map)
    estimates = estimate(understood.findings, load_policy(policy).effort)
    hours = {each.finding_id: each for each in estimates}
    if as_json:
        print(json.dumps(intake_json(understood, hours), indent=1, ensure_ascii=False))
    else:
        print(intake_table(understood, hours))
