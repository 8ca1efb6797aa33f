"""A text that goes from name to name gives an order for each."""

from __future__ import annotations

import pytest
from instruction_cases import Case, propose

from mendbook.fixes.instruction.sentences.labelled import labelled_as_orders
from mendbook.model import Proposal, Skipped

KNOWN = {"seconds", "contact", "PAGE", "LAMP"}


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("seconds: append .max(9). contact: z.string().email()",
         "Add `.max(9)` to `seconds`. Set `contact` to `z.string().email()`"),
        ("For contact use z.string()", "Set `contact` to `z.string()`"),
        ("contact is to be z.string()", "Set `contact` to `z.string()`"),
        ("Append .max(9) to seconds and .email() to contact",
         "Append `.max(9)` to seconds. Append `.email()` to contact"),
        ("PAGE: conf(12). LAMP: conf(22)", "Set `PAGE` to `conf(12)`. Set `LAMP` to `conf(22)`"),
    ],
)  # fmt: skip
def test_each_name_gets_its_order(text: str, orders: str) -> None:
    """A chain is added to its name, a value is what it becomes; one verb leads both."""
    assert labelled_as_orders(text, KNOWN.__contains__) == orders


@pytest.mark.parametrize(
    "text",
    [
        "Bug: z.string()",
        "Set seconds to 9",
        "contact is read as z.string(), so keep it",
        "Note: append .max(9)",
        "timeout: 30",
    ],
)
def test_another_text_stays_as_it_is(text: str) -> None:
    """What stands before the colon is no name of the file, or the sentence says more."""
    assert labelled_as_orders(text, KNOWN.__contains__) == text


FERRY = """export const trip = z.object({
  port: z.string(),
  seats: z.number().positive(),
  mail: z.string(),
});
"""


def _after(fix: str) -> Proposal | Skipped:
    quote = "seats: z.number().positive(),"
    return propose(Case("ferry", fix, FERRY, evidence=quote, function="trip", path="src/trip.ts"))


@pytest.mark.parametrize(
    "fix",
    [
        "seats: append .max(400). mail: z.string().email()",
        "Append .max(400) to seats and .email() to mail",
        "seats gets .max(400); mail is to be z.string().email()",
    ],
)
def test_two_fields_change_each_in_its_way(fix: str) -> None:
    """The second field is not quoted: its name says where it stands."""
    answer = _after(fix)
    assert isinstance(answer, Proposal)
    wanted = FERRY.replace("positive(),", "positive().max(400),")
    assert answer.edits == {
        "src/trip.ts": wanted.replace("mail: z.string()", "mail: z.string().email()")
    }
