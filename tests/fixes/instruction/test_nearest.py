"""Code behind a colon goes over the quoted code that it is a small change of, or nowhere."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

DAIRY = """export async function relabel(vat: number, marks: Mark, tx?: Db) {
  await store(tx).update(marks);
  return this.findVat(vat)
}

export function grade(error: Fault) {
  const code = error.grade || error instanceof Spoiled ? 4 : 5;
  return code;
}

export const Churn = z.object({
  name: z.string().max(60),
  note: z.string().max(60),
});

export function sour(vat: Vat | null, mark: Mark) {
  if (vat && vat?.label !== mark.label) {
    log.info('sour');
  }
  const timer = setTimeout(() => drain(vat), 1000);
  const seen = cache.get(vat.id);
  return vats.filter((one) => one.open).map((one) => one.id);
}
"""
MILL = """package mill

func Open(src string) error {
	if gone := Missing(src); gone == true {
		return Make(src)
	}
	return nil
}
"""
APIARY = """def honey(combs, rate):
    if rate == None or rate < 0:
        raise ValueError("rate")
    frames = requests.get(URL, headers=HEADERS)
    return {"combs": len(combs), "frames": frames}
"""


@pytest.mark.parametrize(
    "case",
    [
        Case("an argument more", "Pass `tx` on: `return this.findVat(vat, tx)`.", DAIRY,
             {"this.findVat(vat)": "this.findVat(vat, tx)"}, evidence="return this.findVat(vat)"),
        Case("brackets", "Keep an existing grade: `error.grade || (error instanceof Spoiled ? 4 : "
             "5)`.", DAIRY,
             {"error instanceof Spoiled ? 4 : 5": "(error instanceof Spoiled ? 4 : 5)"},
             evidence="error.grade || error instanceof Spoiled ? 4 : 5"),
        Case("a link within a chain, for the one that is named", "Require at least one character: "
             "`z.string().min(1).max(60)` for name.", DAIRY,
             {"name: z.string().max(60)": "name: z.string().min(1).max(60)"},
             evidence="name: z.string().max(60),\n  note: z.string().max(60),"),
        Case("something that goes", "Drop the redundant optional chaining: `vat && vat.label !== "
             "mark.label`.", DAIRY, {"vat?.label": "vat.label"},
             evidence="vat && vat?.label !== mark.label"),
        Case("the head of a block, of which a part is quoted", "Drop the comparison: `if gone := "
             "Missing(src); gone {`.", MILL, {"gone == true {": "gone {"}, evidence="gone == true",
             path="mill/mill.go"),
        Case("an or in the code is no choice", "Compare to None by identity: `if rate is None or "
             "rate < 0:`", APIARY, {"rate == None": "rate is None"},
             evidence="if rate == None or rate < 0:", path="apiary.py"),
        Case("a value of a dictionary", 'Round the frames: `return {"combs": len(combs), "frames": '
             'round(frames)}`', APIARY, {'"frames": frames}': '"frames": round(frames)}'},
             evidence='return {"combs": len(combs), "frames": frames}', path="apiary.py"),
    ],
    ids=lambda one: one.name,
)  # fmt: skip
def test_what_is_shown_goes_over_what_it_changes_least(case: Case) -> None:
    """Each text tells why in words, and in code what one place should read."""
    check(case)


@pytest.mark.parametrize(
    ("fix", "evidence", "why"),
    [
        ("Clear the timer on exit: `clearTimeout(timer)`",
         "const timer = setTimeout(() => drain(vat), 1000);", "where `clearTimeout(timer);` goes"),
        ("Check the cache: `cache.has(vat.id)`", "const seen = cache.get(vat.id);",
         "where `cache.has(vat.id);` goes"),
        ("Something like: `return this.findVat(vat, tx);`", "return this.findVat(vat)",
         "an example of the code"),
        ("Current code: `this.findVat(vat, null)`", "return this.findVat(vat)",
         "the code as it is"),
        ("Combine filter and map: `vats.flatMap((one) => one.open ? [one.id] : [])`",
         "return vats.filter((one) => one.open).map((one) => one.id);", "goes is not said"),
        ("Add a second line to the log: `log.info('sour', vat.id)`", "log.info('sour');",
         "goes is not said"),
        ("Call the audit first: `await audit(tx).update(marks)`.",
         "await store(tx).update(marks);", "goes is not said"),
    ],
)  # fmt: skip
def test_what_comes_beside_the_code_goes_over_nothing(fix: str, evidence: str, why: str) -> None:
    """A step more, an example and the code of today are no new form of what is quoted."""
    check(Case("beside", fix, DAIRY, refuses=why, evidence=evidence))


BARGES = """const berths = new Map();

function berth() {
  return [...berths.keys()];
}

export function leave(id) {
  berths.get(id).leave();
}
"""


@pytest.mark.parametrize(
    "fix",
    [
        "After it has left, delete the berth from `berths` when it is empty.",
        "Delete the berth once it is empty.",
        "Remove each berth that is empty.",
    ],
)
def test_what_goes_while_the_program_runs_is_no_declaration(fix: str) -> None:
    """A plain word that a function is called by, too, names no function in such a sentence."""
    check(Case("at run time", fix, BARGES, refuses="no single edit", path="src/barges.js",
               evidence="berths.get(id).leave();", function="leave"))  # fmt: skip


def test_a_plain_word_is_a_name_where_the_text_speaks_of_code() -> None:
    """*The unused function* makes a name of the word behind it."""
    gone = "function berth() {\n  return [...berths.keys()];\n}\n\n"
    check(Case("a function", "Delete the unused function berth.", BARGES, {gone: ""},
               path="src/barges.js", evidence="function berth() {"))  # fmt: skip


@pytest.mark.parametrize(
    ("path", "code", "fix"),
    [
        (
            "barn/barn.go",
            'package barn\n\nimport "log"\n\nfunc Shear(n int) int {\n'
            '\tlog.Println("shorn")\n\treturn n\n}\n',
            'Add a further line: `log.Println("shorn", n)`',
        ),
        (
            "barn.py",
            "import logging\n\nlog = logging.getLogger(__name__)\n\n\ndef shear(n):\n"
            '    log.info("shorn")\n    return n\n',
            'Add another message: `log.info("shorn %d", n)`',
        ),
    ],
)
def test_one_more_call_goes_over_none_in_any_language(path: str, code: str, fix: str) -> None:
    """What is asked for as one more stands there once more, or nothing is written."""
    evidence = code[code.index("log.") if path.endswith(".go") else code.index("log.info") :]
    check(Case("one more", fix, code, refuses="goes is not said", path=path,
               evidence=evidence.splitlines()[0]))  # fmt: skip
