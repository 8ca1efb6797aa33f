"""The words that give a setting a value: *turn X off*, *set X to Y*, *X should be Y*."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import OUGHT

_KEY = r"(?P<k{0}>[@\w$][\w$./@-]*[\w$]|[\w$])"
_TEXT = r"'[^']*'|\"[^\"]*\"|[\^~<>=]*\d[\w.*-]*|true|false|on|off|error|warn|none"
_VALUE = rf"(?P<v{{0}}>{_TEXT})"
_IN = r"(?: (?:in|of|to|under|inside) (?P<s{0}>[\w.-]+?)(?: section| block| options?| object)?)?"
_CHANGE = (
    r"(?:set|change|raise|lower|increase|decrease|reduce|bump|switch|move|make|cut|flip|upgrade|"
    r"downgrade|pin|turn|put|update|correct)"
)
_FORMS = re.compile(
    rf"(?:turn|switch|flip) (?P<v1>on|off) {_KEY.format(1)}{_IN.format(1)}"
    rf"|(?:turn|switch|flip) {_KEY.format(2)} (?P<v2>on|off){_IN.format(2)}"
    rf"|(?P<v3>enable|activate|disable|deactivate) {_KEY.format(3)}{_IN.format(3)}"
    rf"|{_CHANGE} {_KEY.format(4)}(?: from (?P<o4>{_TEXT}|[\w.-]+))? to (?:exactly"
    rf" )?{_VALUE.format(4)}{_IN.format(4)}"
    rf"|{_KEY.format(5)} {OUGHT} be (?:an? )?(?:set to |pinned to |switched |turned"
    rf" )?(?P<v5>{_TEXT}|enabled|disabled){_IN.format(5)}"
    rf"|(?:add |set |[A-Za-z][\w ]*: )?[\"']?{_KEY.format(6)}[\"']?:"
    rf" {_VALUE.format(6)}{_IN.format(6)}"
    rf"|make {_KEY.format(7)} (?:an? )?{_VALUE.format(7)}"
    rf"|use {_VALUE.format(8)} (?:as|for) {_KEY.format(8)}"
    rf"|add rule [\"']?{_KEY.format(9)}[\"']?: {_VALUE.format(9)}",
    re.IGNORECASE,
)
ON = {"on": "true", "enable": "true", "activate": "true", "enabled": "true"}
OFF = {"off": "false", "disable": "false", "deactivate": "false", "disabled": "false"}


@dataclass(frozen=True, slots=True)
class SettingOrder:
    """A key, the value that it is to have and, where they are told, its section and old value.

    ``is_rule`` says that it is a linter's rule.
    """

    key: str
    value: str
    section: str
    old: str
    is_rule: bool


def setting_order(ask: Ask) -> SettingOrder | None:
    """Return what a text sets; None for other texts."""
    text = ask.unticked
    told = _FORMS.fullmatch(text)
    if told is None:
        return None
    groups = told.groupdict()
    at = next(one for one in "123456789" if groups[f"k{one}"])
    section = groups.get(f"s{at}") or ("rules" if at == "9" else "")
    return SettingOrder(
        groups[f"k{at}"], groups[f"v{at}"], section, groups.get(f"o{at}") or "", at == "9"
    )


def verb_of(text: str) -> str:
    """Return the first word of an order, in lower case."""
    match = re.match(r"\W*([A-Za-z]+)", text)
    return match[1].lower() if match is not None else ""
