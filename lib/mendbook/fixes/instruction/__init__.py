"""Read fix texts as a small language: clauses become steps, a step one edit and its contract.

What reads first answers, as ``by_language``, ``reader`` and, for one wording, ``one_text`` ask.
``pythonic`` reads all of a text by forms of Python; ``script`` (TypeScript, JavaScript) and
``told`` (Python, Go, Java) read each step by the usual words of its language. Then comes the
grammar for every language: ``rewording`` brings other words to the grammar's own, ``fragments``
tells code from words, ``reading`` makes clauses, ``operations`` make the edits of a clause, and
``names`` binds what the new code reads. Where no words are read, ``other_ways`` and ``evident``
tell the order by the code named and quoted.

All of them ask the same rooms: ``sentences`` (what a text says, and in which mood), ``places``
(where it points), ``tree`` (syntax in any language), ``facts`` (who uses a name, what keeps it),
``called`` (how calls may be written) and ``writing`` (edits in the file's layout). At last
``checks`` hold the edits against the text and the code.
"""

from mendbook.fixes.instruction.by_language import read_fix

__all__ = ["read_fix"]
