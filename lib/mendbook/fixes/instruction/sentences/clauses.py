"""A fix text as clauses: each with its verb, and the phrases around it."""

from __future__ import annotations

from dataclasses import dataclass

from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.sentences.ledger import Account, Entry
from mendbook.fixes.instruction.sentences.verbs import Verb


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stands behind one preposition: its words in lower case, and its code."""

    preposition: str
    """Empty for the object of the verb."""
    words: tuple[str, ...] = ()
    codes: tuple[Fragment, ...] = ()
    spelled: tuple[str, ...] = ()
    """The words as they are written."""

    def has(self, *words: str) -> bool:
        """Tell whether one of ``words`` is said here."""
        return any(word in self.words for word in words)

    @property
    def code(self) -> Fragment | None:
        """The first fragment."""
        return self.codes[0] if self.codes else None


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that a fix text tells to do."""

    text: str
    """As written, for messages."""
    verb: Verb
    word: str
    """The verb as written, in lower case."""
    phrases: tuple[Phrase, ...]

    @property
    def object(self) -> Phrase:
        """What the verb acts on."""
        phrase = next((one for one in self.phrases if not one.preposition), None)
        return phrase or Phrase("")

    def behind(self, *prepositions: str) -> Phrase | None:
        """Return the first phrase that one of ``prepositions`` begins; None without one."""
        return next((one for one in self.phrases if one.preposition in prepositions), None)

    def all_behind(self, *prepositions: str) -> list[Phrase]:
        """Return every phrase that one of ``prepositions`` begins."""
        return [one for one in self.phrases if one.preposition in prepositions]

    @property
    def words(self) -> tuple[str, ...]:
        """All words of the clause, in lower case, the verb first."""
        return (self.word, *(word for one in self.phrases for word in one.words))

    @property
    def codes(self) -> tuple[Fragment, ...]:
        """All fragments of the clause, in order."""
        return tuple(code for one in self.phrases for code in one.codes)

    def has(self, *words: str) -> bool:
        """Tell whether one of ``words`` is said."""
        return any(word in self.words for word in words)


@dataclass(frozen=True, slots=True)
class Reading:
    """A fix text as clauses, with what was only said about them."""

    clauses: tuple[Clause, ...]
    ledger: tuple[Entry, ...] = ()
    """Every piece of the text, in order, and what it is taken for."""
    codes: tuple[Fragment, ...] = ()
    unwanted: tuple[Fragment, ...] = ()
    """What the text says to avoid."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is only said about the code."""
        said = {Account.REASON, Account.STAYS}
        return tuple(one.text for one in self.ledger if one.account in said)

    @property
    def unread(self) -> tuple[str, ...]:
        """What may tell to do something, and is not read."""
        return tuple(one.text for one in self.ledger if one.account is Account.OPEN)
