"""Say what a question proposes: *could the job get a timeout?* as *the job should get a timeout*.

A question with a subject of its own turns the modal verb and the subject round, and that is all;
what it is about stays word for word. A question that offers a choice, or that asks how things are,
proposes nothing and is returned as it is. Code in quotes is never looked into.
"""

from __future__ import annotations

import re

_MODAL = r"(?:could|can|should|would|might|must|shall|ought)"
_ASKS = frozenset({"could", "can", "might"})
"""Modals that ask for it; *should it be 3?* asks whether, and *should it not be 3?* for it."""
_HAS_VERB = (
    r"(?:be|get|have|use|take|go|run|come|carry|say|name|read|write|return|raise|throw|catch|default"
    r"|start|begin|end|stop|contain|include|list|declare|define|set|send|pass|receive|accept|hold"
    r"|bind|listen|publish|mount|build|log|call|await|handle|check|compare|match|depend|wait|live"
    r"|move|stand|become|inherit|extend|implement|export|import|wrap|lock|close|open|keep|need"
    r"|require|make|join|sit|belong|fail|time|point|serve|expire|drop|lose)"
)
_NO_SUBJECT = r"(?!(?:you|we|I|one|somebody|someone|there|anyone|anybody)\b)"
_WORD = r"(?:(?:[\w$.`'’/@:()\[\]-]|\x00)+)"
_LEAD = r"(?P<lead>(?:(?:nit|minor|question|suggestion|hmm+|so|and|or)\s*[:,–—-]?\s+)?)"
_TURNED = re.compile(
    rf"{_LEAD}(?P<modal>{_MODAL})(?P<short>n['’]t)?\s+{_NO_SUBJECT}(?P<subject>(?:(?:the|an?|its|each|every|both"
    rf"|all|these|those)\s+{_WORD}|{_WORD})(?:\s+(?!{_HAS_VERB}\b){_WORD}){{0,7}}?)\s+(?P<no>not\s+)?"
    rf"(?P<rest>(?:(?:also|just|simply|rather|perhaps|instead|always|only)\s+)*{_HAS_VERB}\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_ABOUT = re.compile(
    rf"{_LEAD}(?:what|how)\s+about\s+(?![\w-]+ing\b)(?P<what>.+)", re.IGNORECASE | re.DOTALL
)
_WHY_NOT = re.compile(
    rf"{_LEAD}why\s+not\s+(?P<what>(?:\x00|[\w$.]+\(|[\w$]+\.[\w$]|[\w-]+:\s).*)",
    re.IGNORECASE | re.DOTALL,
)
_HELPS = re.compile(
    rf"{_LEAD}(?:would|will|does|might)(?:n['’]t)?\s+(?P<what>.+?)\s+(?:not\s+)?(?:help|do|suffice|be"
    r"\s+(?:enough|better|safer|cleaner|simpler|sufficient))(?:\s+(?:here|there|instead|too))?",
    re.IGNORECASE | re.DOTALL,
)
_WE_HAVE = re.compile(
    rf"{_LEAD}(?:could|can|should)\s+(?:we|you|I)\s+(?:please\s+)?(?:have|get)\s+(?P<what>.+)",
    re.IGNORECASE | re.DOTALL,
)
_CHOICE = re.compile(
    r"\b(?:or|either|if|unless(?!-)|whether|ever|anyone|why|how|what)\b", re.IGNORECASE
)
_OFFERS = ((_ABOUT, ""), (_WHY_NOT, ""), (_HELPS, "Use "), (_WE_HAVE, "Add "))
"""Questions that name a thing, and the verb that asks for it."""
_OF_DOUBT = re.compile(r"(?:ever|still|really|actually|already|possibly)\b", re.IGNORECASE)


def proposed_by(question: str, masked: str) -> str:
    """Return what a question proposes as a statement; nothing where it proposes nothing.

    ``masked`` is the same text with what is quoted masked, so that the two are cut alike.
    """
    stop = len(masked.rstrip(" ?!."))
    if "?" not in masked[stop:]:
        return ""
    bare, said = masked[:stop], question[:stop]
    for form, lead in _OFFERS:
        match = form.fullmatch(bare)
        if match is not None and not _CHOICE.search(match["what"]):
            first, last = match.span("what")
            return f"{lead}{said[first:last]}."
    match = _TURNED.fullmatch(bare)
    if match is None or _CHOICE.search(f"{match['subject']} {match['rest']}"):
        return ""
    if match["modal"].lower() not in _ASKS and not (match["no"] or match["short"]):
        return ""
    if _OF_DOUBT.match(match["rest"]):
        return ""
    subject = said[slice(*match.span("subject"))]
    return f"{_raised(subject)} should {said[slice(*match.span('rest'))]}."


def _raised(subject: str) -> str:
    """Return the subject as it stands at the beginning of a sentence; a name is never changed."""
    article = re.match(r"(?:the|an?|this|that|these|those|it|its|each|every|both|all)\b", subject)
    return f"{subject[0].upper()}{subject[1:]}" if article is not None else subject
