"""What a text counts to is the one place that changes; what it lists goes as a whole."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check, propose

from mendbook.model import Skipped

QUAY = """\
export const TINTS = { hull: 'image/png', mast: 'image/png', rudder: 'image/png' };

export function packCrate(crate: Crate) {
  return JSON.stringify(crate);
}

export const openCrate = (text: string) => JSON.parse(text);

export const weighCrate = (crate: Crate) => crate.kilos;

export function berth(crate: Crate) {
  const kinds = ['image/png', 'image/png'];
  crane.lift(crate, 3);
  crane.rest();
  crane.lift(crate, 3);
  crane.rest();
  crane.lift(crate, 3);
  return pick(kinds, 'image/gif');
}
"""
KINDS = "const kinds = ['image/png', 'image/png'];"
TINTS = "export const TINTS = { hull: 'image/png', mast: 'image/png', rudder: 'image/png' };"
LIFTS = "  crane.lift(crate, 3);\n"
MID = f"{LIFTS}  crane.rest();\n{LIFTS}  crane.rest();\n{LIFTS}"
ORCHARD = """\
def pack_crate(crate):
    return crate.seal()


def open_crate(crate):
    return crate.unseal()


def press(crate):
    jar = "cloudy" if crate.raw else "clear"
    lid = "cloudy" if crate.old else "clear"
    mill.turn(crate, 9)
    mill.turn(crate, 9)
    return jar + lid
"""
WARD = """\
package ward

func packChart(chart Chart) string { return chart.Text }

func openChart(text string) Chart { return Chart{Text: text} }

func admit(bed Bed) string {
	ring(bed, 5)
	ring(bed, 5)
	if bed.Free {
		return "open"
	}
	return name(bed, "open")
}
"""
SHELF = """\
class Shelf {
    private String packCard(Book book) { return book.title(); }

    private String openCard(String text) { return text.trim(); }

    String lend(Book book) {
        String card = book.old() ? "green" : "white";
        String slip = book.rare() ? "green" : "white";
        return card + slip;
    }
}
"""
GONE = {
    QUAY[QUAY.index("export function packCrate") : QUAY.index("export const weighCrate")]: "",
}


def _quay(name: str, fix: str, edits: dict[str, str], evidence: str = "") -> Case:
    function = "" if evidence == TINTS else "berth"
    return Case(name, fix, QUAY, edits, evidence=evidence, function=function, path="src/quay.ts")


COUNTED = [
    _quay("first of two in a line", "Replace the first 'image/png' with 'image/webp'",
          {KINDS: KINDS.replace("png", "webp", 1)}, KINDS),
    _quay("second of two in a line", "Replace the second 'image/png' with 'image/webp'",
          {KINDS: "const kinds = ['image/png', 'image/webp'];"}, KINDS),
    _quay("second of three in an object", "Replace second 'image/png' by 'image/webp'",
          {TINTS: TINTS.replace("mast: 'image/png'", "mast: 'image/webp'")}, TINTS),
    _quay("only the second one", "Replace 'image/png' with 'image/webp', but only the second one",
          {TINTS: TINTS.replace("mast: 'image/png'", "mast: 'image/webp'")}, TINTS),
    _quay("second occurrence", "Replace the 2nd occurrence of `'image/png'` with `'image/webp'`",
          {KINDS: "const kinds = ['image/png', 'image/webp'];"}),
    _quay("instead of the second", "Use 'image/webp' instead of the second 'image/png'",
          {KINDS: "const kinds = ['image/png', 'image/webp'];"}),
    _quay("last call goes", "Remove the last `crane.lift(crate, 3)` call",
          {MID: f"{LIFTS}  crane.rest();\n{LIFTS}  crane.rest();\n"}),
    _quay("second call of a name goes", "Remove the second call of `crane.rest`",
          {MID: f"{LIFTS}  crane.rest();\n{LIFTS}{LIFTS}"}),
    _quay("a number in the second call", "Change `3` to `5` in the second `crane.lift` call",
          {MID: MID.replace(LIFTS, "@", 1).replace("3", "5", 1).replace("@", LIFTS)}),
    _quay("an argument for the first call",
          "Pass `true` as third argument in the first call of `crane.lift`",
          {MID: MID.replace("3", "3, true", 1)}),
    _quay("a constant of the third", "Extract the third `3` to a constant `LIFTS`",
          {TINTS: f"{TINTS}\nconst LIFTS = 3;", f"{LIFTS}  return":
           "  crane.lift(crate, LIFTS);\n  return"}),
    Case("python, second text", 'Replace the second "cloudy" with "murky"', ORCHARD,
         {'lid = "cloudy"': 'lid = "murky"'}, function="press", path="orchard/press.py"),
    Case("go, second text", 'Replace the second "open" with "free"', WARD,
         {'name(bed, "open")': 'name(bed, "free")'}, function="admit", path="ward/ward.go"),
    Case("java, last text", 'Replace the last "green" with "blue"', SHELF,
         {'rare() ? "green"': 'rare() ? "blue"'}, function="lend", path="src/Shelf.java"),
]  # fmt: skip
UNSURE = [
    "Replace the third 'image/png' with 'image/webp'",
    "Replace the other 'image/png' with 'image/webp'",
    "Replace the other one of the 'image/png' with 'image/webp'",
    "Replace all but the first 'image/png' with 'image/webp'",
    "Replace every 'image/png' but the first with 'image/webp'",
    "Replace the first two 'image/png' with 'image/webp'",
    "Replace only the one 'image/png' with 'image/webp'",
    "Replace 'image/png' with 'image/webp'. Only the second one is meant.",
    "Use `'image/webp'` as the second kind",
    "Replace one 'image/png' with 'image/webp'",
    "Replace another 'image/png' with 'image/webp'",
    "Replace the later 'image/png' with 'image/webp'",
    "Replace the tenth 'image/png' with 'image/webp'",
    "Remove the fourth `crane.lift(crate, 3)` call",
    "Remove the other `crane.lift(crate, 3)` call",
    "Change `3` to `5` in the first call",
    "Change the other 3 to 5",
    "Pass `true` as third argument in the fifth call of `crane.lift`",
    "Extract the fourth `3` to a constant `LIFTS`",
    "Rename the second `crane` to `hoist`",
]
LISTS = [
    "packCrate and openCrate",
    "`packCrate` and `openCrate`",
    "both packCrate and openCrate",
    "packCrate as well as openCrate",
    "`packCrate` along with `openCrate`",
    "packCrate/openCrate",
    "`packCrate`/`openCrate`",
    "packCrate (and openCrate)",
    "not only packCrate but also openCrate",
    "packCrate and its counterpart openCrate",
]
HALVES = [
    "packCrate and packBarrel",
    "packBarrel and packCrate",
    "packCrate, openCrate and packBarrel",
    "packCrate and pick",
    "packCrate and its counterpart",
    "packCrate and berths",
    "packCrate, openCrate and berth",
    "packCrate. The same for openCrate",
]


@pytest.mark.parametrize("case", COUNTED, ids=lambda case: case.name)
def test_the_place_that_is_counted_to_changes_and_no_other(case: Case) -> None:
    """One of several equal places changes, in every language and operation."""
    check(case)


@pytest.mark.parametrize("fix", UNSURE)
def test_a_count_that_comes_to_no_certain_place_is_not_sure(fix: str) -> None:
    """Beyond the number, *the other* of three, what is not said in code: nothing is sure."""
    evidence = KINDS if "png" in fix else ""
    answer = propose(_quay("unsure", fix, {}, evidence))
    assert isinstance(answer, Skipped), answer.edits


@pytest.mark.parametrize("listed", LISTS)
def test_all_that_a_list_names_goes(listed: str) -> None:
    """Each of several names that a text joins goes, in whatever words it joins them."""
    check(Case("listed", f"Remove {listed}", QUAY, GONE, path="src/quay.ts"))


def test_three_of_a_list_go() -> None:
    """``A, B and C`` are three."""
    gone = QUAY[QUAY.index("export function packCrate") : QUAY.index("export function berth")]
    fix = "Remove packCrate, openCrate and weighCrate"
    check(Case("three", fix, QUAY, {gone: ""}, path="src/quay.ts"))


@pytest.mark.parametrize("listed", HALVES)
def test_a_list_with_one_that_stays_is_not_sure(listed: str) -> None:
    """A name that is not there, or is not read, leaves the removal a draft or makes it none."""
    answer = propose(Case("half", f"Remove {listed}", QUAY, path="src/quay.ts"))
    assert isinstance(answer, Skipped), answer.edits


@pytest.mark.parametrize(
    ("fix", "code", "path", "gone"),
    [
        ("Remove pack_crate and open_crate", ORCHARD, "orchard/press.py",
         ORCHARD[: ORCHARD.index("def press")]),
        ("Remove packChart and openChart", WARD, "ward/ward.go",
         WARD[WARD.index("func pack") : WARD.index("func admit")]),
        ("Remove packCard and openCard", SHELF, "src/Shelf.java",
         SHELF[SHELF.index("    private") : SHELF.index("    String lend")]),
    ],
)  # fmt: skip
def test_lists_go_in_every_language(fix: str, code: str, path: str, gone: str) -> None:
    """Two declarations go together, with the lines between them."""
    check(Case("listed", fix, code, {gone: ""}, path=path))


def test_a_rename_of_several_is_all_or_not_sure() -> None:
    """Where one of two names keeps its name, the rename is no sure edit."""
    for fix in ("Rename packCrate and openCrate to sealCrate and breakCrate",
                "Rename packCrate to sealCrate and openCrate to breakCrate",
                "Rename `packCrate` to `sealCrate` and `openCrate` to `breakCrate`"):  # fmt: skip
        answer = propose(Case("renamed", fix, QUAY, path="src/quay.ts"))
        assert isinstance(answer, Skipped) or all(
            one not in str(text)
            for text in answer.edits.values()
            for one in ("packCrate", "openCrate")
        )


MILL = """\
const RINSE_MS = 900;

export function grind(stone: Stone) {
  return setTimeout(() => stone.rest(), 45_000);
}
"""


def test_a_name_that_is_given_beside_another_is_no_list() -> None:
    """Neither the new constant nor the one that it is to stand beside must go."""
    edits = {"45_000": "GRIND_MS", "900;\n": "900;\nconst GRIND_MS = 45_000;\n"}
    evidence = "return setTimeout(() => stone.rest(), 45_000);"
    check(Case("beside", "Name it GRIND_MS beside RINSE_MS.", MILL, edits, evidence=evidence))
