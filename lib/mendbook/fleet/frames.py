"""A fleet as pandas frames, to look at and to compute with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from mendbook.fleet.records import Campaign, Changes, Fleet, FleetRequest
from mendbook.text.phrasing import count, listed

if TYPE_CHECKING:
    import pandas as pd

_CHANGES = ["member", "change"]


def requests_frame(fleet: Fleet | None) -> pd.DataFrame:
    """Return one row for each pull request of each member with its sprint; none without one."""
    names = list(FleetRequest.__dataclass_fields__)
    requests = fleet.requests if fleet else ()
    return _frame((_values(each, names) for each in requests), names)


def campaigns_frame(fleet: Fleet | None) -> pd.DataFrame:
    """Return one row for each campaign, with the members that it stands in; none without one."""
    names = [name for name in Campaign.__dataclass_fields__ if name != "places"]
    rows = (
        {**_values(each, names), "members": ", ".join(place.member for place in each.places)}
        for each in (fleet.campaigns if fleet else ())
    )
    return _frame(rows, [*names, "members"])


def changes_frame(fleet: Fleet | None) -> pd.DataFrame:
    """Return one row for each member that is not as it was when the fleet ran before, and how."""
    rows = (
        *((change, member) for change, members in _member_changes(fleet) for member in members),
        *(
            (f"{row.new or 0} new, {row.gone or 0} gone", row.member)
            for row in (fleet.rows if fleet else ())
            if row.new or row.gone
        ),
    )
    return _frame(({"member": member, "change": change} for change, member in rows), _CHANGES)


def changes_words(fleet: Fleet | None) -> str:
    """Return what is different from the fleet's run before, in a sentence."""
    if fleet is None:
        return "There is no fleet here, so nothing can be compared with a run before."
    changes = fleet.changes
    if not changes.before:
        return "This is the first run of this fleet: there is none before to compare with."
    members = [
        f"{count(len(names), 'member')} {change}"
        for change, names in _member_changes(fleet)
        if names
    ]
    counts = [
        f"{amount} {word}"
        for amount, word in ((changes.new, "new"), (changes.gone, "gone"))
        if amount
    ]
    findings = f"findings: {listed(counts)}" if counts else "no finding is new or gone"
    return f"Since {changes.before[:16].replace('T', ' ')}: {'; '.join((*members, findings))}."


def fleet_words(fleet: Fleet | None) -> str:
    """Return what the plan over all repositories comes to, in a sentence."""
    if fleet is None:
        return (
            "There is no fleet here: `mendbook fleet` plans many repositories as one, and finds "
            "what is one fault in many."
        )
    sprints = fleet.sprint_plan.sprints
    red = f"; {count(len(fleet.failed), 'member')} could not be planned" if fleet.failed else ""
    widest = max(fleet.campaigns, key=lambda each: each.repositories, default=None)
    most = (
        f" One fault stands in {count(widest.repositories, 'repository', 'repositories')}: "
        f"{widest.headline}."
        if widest
        else ""
    )
    return (
        f"{count(len(fleet.requests), 'pull request')} of {count(len(fleet.rows), 'member')} in "
        f"{count(len(sprints), 'sprint')}{red}.{most}"
    )


def _member_changes(fleet: Fleet | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    changes = fleet.changes if fleet else Changes()
    return (
        ("joined", changes.joined),
        ("left", changes.left),
        ("broke", changes.broke),
        ("mended", changes.mended),
    )


def _values(record: object, names: Iterable[str]) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.to_builtins(record)
    return {name: values[name] for name in names}


def _frame(rows: Iterable[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    import pandas as pd  # half a second

    return pd.DataFrame(list(rows), columns=columns)
