"""Pull requests for planning tests, by hand and drawn."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from mendbook.model import ChangeKind, Dependency, Priority, PullRequest


def pull_request(
    number: int,
    hours: float,
    on: Sequence[int] = (),
    priority: Priority = Priority.P1,
    cost: float = 1.0,
    owner: str = "media-team",
    kind: ChangeKind = ChangeKind.FIX,
    domain: str = "media",
) -> PullRequest:
    """Return a PR of ``hours``, estimated between 80 % and 150 % of them."""
    return PullRequest(
        number=number,
        title=f"{kind}({domain}): close only what is open",
        finding_ids=(f"F-{number}",),
        files=(f"src/{number}.ts",),
        depends_on=tuple(Dependency(other, "needs it") for other in on),
        hours=hours,
        low=round(hours * 0.8, 4),
        high=round(hours * 1.5, 4),
        priority=priority,
        cost_of_delay=cost,
        owner=owner,
        kind=kind,
        domain=domain,
    )


@st.composite
def pull_requests(draw: st.DrawFn, most: int = 9) -> tuple[PullRequest, ...]:
    """Draw PRs whose dependencies point to smaller numbers, as the planner numbers them."""
    return tuple(
        pull_request(
            number,
            draw(st.integers(1, 60)) / 4,
            sorted(draw(st.sets(st.integers(1, number - 1), max_size=2))) if number > 1 else (),
            draw(st.sampled_from(list(Priority))),
            draw(st.integers(0, 50)) / 5,
            draw(st.sampled_from(["media-team", "gift-team"])),
        )
        for number in range(1, draw(st.integers(1, most)) + 1)
    )
