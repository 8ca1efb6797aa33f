"""Heat: what a profile says about a finding's code, and what it cannot say."""

from __future__ import annotations

from mendbook.model import (
    Declaration,
    FindingFacts,
    FunctionHeat,
    Heat,
    Measurement,
    Profiles,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.profiling import join_heat


def function(
    name: str, line: int | None, own: float, total: float, file: str = "src/a.ts", run: str = "x"
) -> FunctionHeat:
    """Return a profiled function with its own and total share."""
    return FunctionHeat(file, name, line, own * 1000, total * 1000, own, total, run)


def symbol(name: str, *lines: int, file: str = "src/a.ts") -> SymbolReferences:
    """Return a symbol declared on a range of lines, or nowhere."""
    declared = (Declaration(file, lines[0], lines[1]),) if lines else ()
    status = SymbolStatus.RESOLVED if lines else SymbolStatus.MISSING
    return SymbolReferences(name, status, "syntax", declared)


def facts(*symbols: SymbolReferences, files: tuple[str, ...] = ("src/a.ts",)) -> FindingFacts:
    """Return facts about a finding in ``files``."""
    return FindingFacts("A-1", files, symbols=symbols)


LINED = Profiles(
    functions=(
        function("flush", 10, 0.1, 0.4),
        function("(anonymous)", 12, 0.2, 0.2),
        function("flush", 40, 0.05, 0.05),
        function("other", 1, 0.3, 0.3, file="src/b.ts"),
    ),
    files=(function("", None, 0.35, 0.5), function("", None, 0.25, 0.25, file="src/b.ts")),
)
UNLINED = Profiles(
    functions=(function("flush", None, 0.1, 0.4), function("(anonymous)", None, 0.2, 0.5)),
    files=(function("", None, 0.3, 0.6),),
)


def heat(profiles: Profiles, one: FindingFacts) -> Heat:
    """Return the heat of one finding."""
    (found,) = join_heat([one], profiles)
    return found


def test_a_function_is_known_by_its_declared_lines() -> None:
    """Of two functions of one name the declared one counts, with what stands inside it."""
    assert heat(LINED, facts(symbol("Buffer.flush", 9, 15))) == Heat(
        "A-1",
        0.4,
        "src/a.ts — flush",
        "x",
        "at least 40.0% of busy CPU time in and below src/a.ts — flush and 1 more",
    )
    assert heat(LINED, facts(symbol("Other.flush", 40, 44))) == Heat(
        "A-1",
        0.05,
        "src/a.ts — flush",
        "x",
        "5.0% of busy CPU time in and below src/a.ts — flush",
    )


def test_several_functions_are_at_least_the_sum_of_their_own_times() -> None:
    """Own times never overlap, totals may: the larger of the two bounds is given."""
    profiles = Profiles(
        functions=(function("a", 1, 0.2, 0.25), function("b", 5, 0.3, 0.3)),
        files=(function("", None, 0.5, 0.5),),
    )
    assert heat(profiles, facts(symbol("a", 1, 2), symbol("b", 5, 6))).share == 0.5


def test_without_lines_a_function_is_known_by_its_name() -> None:
    """A profile of code run through tsx joins on file and name."""
    for name in ("flush", "Buffer.flush"):
        assert heat(UNLINED, facts(symbol(name, 9, 15))).share == 0.4
    made = Profiles(functions=(function("Buffer", None, 0.1, 0.1),), files=UNLINED.files)
    assert heat(made, facts(symbol("Buffer.constructor", 3, 5))).share == 0.1


def test_what_cannot_be_told_apart_is_an_upper_bound() -> None:
    """Nameless handlers without lines may be the finding's: the file's heat, said to be a bound."""
    assert heat(UNLINED, facts(symbol("giftHandler", 30, 50))) == Heat(
        "A-1",
        0.6,
        "src/a.ts — (anonymous)",
        "x",
        "the profile has no lines to tell giftHandler from the rest, so at most 60.0% of busy CPU "
        "time in and below src/a.ts",
    )


def test_a_method_keeps_its_name_and_an_event_is_not_listed() -> None:
    """Nameless code is no method; a finding's event says nothing about names."""
    event = SymbolReferences("gift:send", SymbolStatus.EVENT, "syntax")
    cold = heat(UNLINED, facts(symbol("Buffer.close", 30, 50)))
    assert (cold.share, cold.why) == (
        0.0,
        "src/a.ts was profiled, Buffer.close was never on the stack",
    )
    bound = heat(UNLINED, facts(symbol("giftHandler", 30, 50), event))
    assert bound.why.startswith("the profile has no lines to tell giftHandler from the rest")


def test_a_profiled_file_whose_function_was_never_sampled_is_cold() -> None:
    """Zero is a measurement, and the reason says so."""
    assert heat(LINED, facts(symbol("close", 60, 70))) == Heat(
        "A-1", 0.0, "", "x", "src/a.ts was profiled, close was never on the stack"
    )


def test_a_finding_without_a_function_has_its_file_s_heat() -> None:
    """A finding about a whole file or folder is as hot as that."""
    assert heat(LINED, facts(files=("src/a.ts", "src/b.ts", "README.md"))) == Heat(
        "A-1",
        0.6,
        "src/a.ts — flush",
        "x",
        "the finding names no function, so 60.0% of busy CPU time in and below src/a.ts, src/b.ts",
    )


def test_where_nothing_was_profiled_nothing_is_claimed() -> None:
    """No share, and the reason why, for each way in which a profile can be silent."""
    measured = Profiles(measurements=(Measurement("x", "up", 1, ""),))
    assert heat(Profiles(), facts()) == Heat("A-1", None, why="no CPU profile was given")
    assert heat(measured, facts()).share is None
    assert heat(LINED, facts(files=())) == Heat(
        "A-1", None, why="the finding names no file that exists"
    )
    assert heat(LINED, facts(files=("package.json",))).why == "package.json is not code that runs"
    assert heat(LINED, facts(files=("src/c.ts", "src/d.ts", "src/e.ts"))) == Heat(
        "A-1",
        None,
        why="no profile has seen src/c.ts, src/d.ts and 1 more: not loaded, or never sampled",
    )


def test_of_several_profiles_the_hottest_counts() -> None:
    """Different loads warm different code; the one that shows the finding's is named."""
    profiles = Profiles(
        functions=(function("f", 1, 0.1, 0.1, run="idle"), function("f", 1, 0.7, 0.7, run="busy")),
        files=(function("", None, 0.1, 0.1, run="idle"), function("", None, 0.7, 0.7, run="busy")),
    )
    found = heat(profiles, facts(symbol("f", 1, 3)))
    assert (found.share, found.source) == (0.7, "busy")


def test_every_finding_has_one_heat_in_order() -> None:
    """What came in can be found in what goes out."""
    asked = [FindingFacts(f"A-{number}", ()) for number in range(5)]
    assert [one.finding_id for one in join_heat(asked, LINED)] == [f"A-{n}" for n in range(5)]
