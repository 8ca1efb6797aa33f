"""An annotation goes on the field that the evidence quotes, beneath another where the text says."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

SACK = """\
package mill;

import jakarta.validation.constraints.NotBlank;

public class Sack {

    @NotBlank
    private String label;

    private int weight;
}
"""
IMPORT = "import jakarta.validation.constraints.NotBlank;\n"
SIZE = {
    "    @NotBlank\n": "    @NotBlank\n    @Size(max = 40)\n",
    IMPORT: f"{IMPORT}import jakarta.validation.constraints.Size;\n",
}


def _sack(name: str, fix: str, evidence: str, edits: dict[str, str], refuses: str = "") -> Case:
    path = "src/mill/Sack.java"
    return Case(name, fix, SACK, edits, refuses=refuses, evidence=evidence, path=path)


LABEL, WEIGHT = "private String label;", "private int weight;"
CASES = [
    _sack(
        "beneath another",
        "Constrain the field with @Size(max = 40), beneath @NotBlank "
        "(import jakarta.validation.constraints.Size).",
        LABEL,
        SIZE,
    ),
    _sack(
        "below another, by name",
        "Add `@Size(max = 40)` to `label` below `@NotBlank` and import "
        "`jakarta.validation.constraints.Size`.",
        LABEL,
        SIZE,
    ),
    _sack(
        "the quoted field",
        "Annotate the field with @Positive (import jakarta.validation.constraints.Positive).",
        WEIGHT,
        {
            f"    {WEIGHT}": f"    @Positive\n    {WEIGHT}",
            IMPORT: f"{IMPORT}import jakarta.validation.constraints.Positive;\n",
        },
    ),
    _sack(
        "beneath one that is not there",
        "Constrain the field with @Max(90), beneath @Min "
        "(import jakarta.validation.constraints.Max).",
        WEIGHT,
        {},
        refuses="@Min does not stand above it on a line of its own",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_field_is_annotated_where_the_text_says(case: Case) -> None:
    """By its place in the evidence or by its name; with the import in brackets or after it."""
    check(case)
