"""Tell which headings are findings by their words alone, without a field or a grade."""

from __future__ import annotations

from mendbook.intake.shapes.looks import fault_words, is_sentence, names_file
from mendbook.intake.shapes.markdown.labels import Parts


def says_it_all(title: str) -> bool:
    """Tell whether a headline is a sentence on code, or on a fault, that needs no text below it."""
    if not is_sentence(title) or len(title.split()) < _WORDY:
        return False
    return fault_words(title) > 0 or "`" in title or names_file(title)


_WORDY = 5
"""Words from which a graded headline says by itself what is wrong."""


def says_wrong(title: str, parts: Parts) -> bool:
    """Tell whether a headline says what is wrong, so that an order behind it says what to do.

    ``**No lamp at the third gate** — Hang one``; ``**Gates** — Check them`` names what it is about.
    """
    return "fix" not in parts.fields() and is_sentence(title) and len(title.split()) >= _FEW_WORDS


_FEW_WORDS = 4
"""Words from which a headline says more than a name."""


def is_told(parts: Parts) -> bool:
    """Tell whether a section is sentences that tell of a fault in more than one word."""
    text = "\n".join(parts.body)
    sentences = [one for one in parts.body if is_sentence(one) and not one.startswith("- ")]
    return not parts.labelled and bool(sentences) and fault_words(text) >= _TELLING_WORDS


_TELLING_WORDS = 3
"""Different words for faults from which mere sentences tell of one."""
