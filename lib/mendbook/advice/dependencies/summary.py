"""What the matrix of dependencies comes to, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.advice.dependencies.judge import RUNTIME, Outcome, Package, Verdict

_MISPLACED = {Outcome.TO_RUNTIME, Outcome.TO_DEVELOPMENT, Outcome.TO_DEVELOPMENT_LATER}


def summary(judged: Sequence[tuple[Package, Verdict]], undeclared: Sequence[str]) -> str:
    """Return how many packages are declared, and what is to be done with which.

    ``undeclared`` names the packages that are imported but not declared.
    """

    def named(*outcomes: Outcome) -> list[str]:
        return [package.name for package, verdict in judged if verdict.outcome in outcomes]

    said = [
        _counted(named(Outcome.REMOVE), "can be removed"),
        _counted(
            named(Outcome.REVIEW),
            "is to be reviewed, as no use was found",
            "are to be reviewed, as no use was found",
        ),
        _counted(named(*_MISPLACED), "stands in the wrong section", "stand in the wrong section"),
        _counted(named(Outcome.REPLACE), "repeats what Node.js has", "repeat what Node.js has"),
        _counted(named(Outcome.APPROVE), "is not approved", "are not approved"),
        _counted(undeclared, "is imported but not declared", "are imported but not declared"),
    ]
    runtime = sum(package.section == RUNTIME for package, _ in judged)
    word = "package" if runtime == 1 else "packages"
    first = f"Production declares {runtime} {word}, development {len(judged) - runtime}"
    return "; ".join([first, *filter(None, said)] if any(said) else [first, "nothing is to change"])


def _counted(names: Sequence[str], one: str, many: str = "") -> str:
    return f"{', '.join(names)} {one if len(names) == 1 else many or one}" if names else ""
