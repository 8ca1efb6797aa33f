"""Choose the one operation that fits what is quoted and what the text spells out."""

from __future__ import annotations

from collections.abc import Callable

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, applied
from mendbook.fixes.settings.fitting.columns import declared
from mendbook.fixes.settings.fitting.conditions import columns_named, condition_shown
from mendbook.fixes.settings.fitting.focus import focus_of
from mendbook.fixes.settings.fitting.gone import line_gone
from mendbook.fixes.settings.fitting.instructions import copied, on_loopback, phony, read_only
from mendbook.fixes.settings.fitting.items import items_changed, versions_spoken
from mendbook.fixes.settings.fitting.options import options_given
from mendbook.fixes.settings.fitting.quotes import in_quotes
from mendbook.fixes.settings.fitting.saying import Saying, saying_of
from mendbook.fixes.settings.fitting.shown import command_shown
from mendbook.fixes.settings.fitting.values import value_given
from mendbook.fixes.settings.fitting.written import spelled
from mendbook.fixes.settings.spelled_out import owners_in

Fit = Callable[[SettingsFile, tuple[int, int], Saying], tuple[SettingEdit, ...] | None]
_FITS: tuple[Fit, ...] = (
    copied,
    on_loopback,
    read_only,
    phony,
    spelled,
    command_shown,
    options_given,
    items_changed,
    versions_spoken,
    in_quotes,
    declared,
    condition_shown,
    columns_named,
    line_gone,
    value_given,
)


def fitting(file: SettingsFile, said: str) -> list[SettingEdit] | None:
    """Return the edits of the one operation that fits; None where none does.

    A setting that is spelled out whole leaves no piece of it for another.
    Raises ``Unreadable`` where two fit that do different things, or where the one that is meant
    cannot be done.
    """
    span = focus_of(file)
    saying = saying_of(said)
    if span is None or saying is None or _names_unknown(file, saying):
        return None
    made: dict[str, tuple[SettingEdit, ...]] = {}
    met: Unreadable | None = None
    whole = ""
    for fit in _FITS:
        try:
            edits = fit(file, span, saying)
        except Unreadable as reason:
            met = met or reason
            continue
        if edits:
            after = applied(file.text, edits)
            made.setdefault(after, edits)
            whole = after if fit is spelled else whole
    if len(made) > 1 and whole in made:
        made = {whole: made[whole]}
    if len(made) > 1:
        raise Unreadable("what is quoted can be changed in two ways, and the text fits both")
    if made:
        return list(next(iter(made.values())))
    if met is not None:
        raise met
    return None


def _names_unknown(file: SettingsFile, saying: Saying) -> bool:
    """Tell whether a job, a service, a stage or a section is named that the file does not have."""
    held = file.text.lower()
    return any(one.lower() not in held for one in owners_in(saying.text))
