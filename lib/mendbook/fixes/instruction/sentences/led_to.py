"""What the words that lead to shown code say of it: whether it stands for what is there."""

from __future__ import annotations

import re

BESIDE = re.compile(
    r"^(?:add|insert|put|place|append|prepend|create|introduce|extract|move|log|report|print|call"
    r"|import|export|define|declare|implement|write|emit|record|register|wrap|surround|check"
    r"|guard|verify|ensure|validate|test|assert|raise|throw|catch|notify|clear|close|release"
    r"|dispose|cancel|stop|flush|invalidate|evict|unsubscribe|cleanup|clean\s+up|reset)\b"
    r"|\b(?:before|after|above|below|beside|next\s+to|alongside|first|then)\b",
    re.IGNORECASE,
)
"""Words by which code may come beside what is there: it must hold all that it goes over."""
TOGETHER = re.compile(r"^(?:combine|merge|fold|fuse|collapse|unify)\b", re.IGNORECASE)
"""Words by which code stands for more than one piece of what is there."""
AWAY = re.compile(r"^(?:drop|remove|delete|strip|omit|avoid|eliminate|skip)\b", re.IGNORECASE)
"""Words by which something goes: nothing new may come."""
IS_THERE = re.compile(
    r"^(?:the\s+)?(?:current(?:ly)?|existing|today|now|original|actual|as\s+it\s+is|before|found"
    r"|evidence|seen|offending|vulnerable|bad|wrong|problem(?:atic)?)\b",
    re.IGNORECASE,
)
"""Labels of code that is quoted and not asked for."""
OPEN = re.compile(
    r"\b(?:or|either|consider|maybe|perhaps|ideally|possibly|optionally|alternatively|e\.g"
    r"|for\s+example|something|similar|such\s+as|possible|needed|appropriate|unless|every|all|each"
    r"|both|everywhere|elsewhere|throughout|again|twice|also|second|another|further|additional"
    r"|extra)\b",
    re.IGNORECASE,
)
"""Words by which a text leaves open what is meant, or means more than one place."""
ANOTHER = re.compile(
    r"(?:add|insert|write|put|make|send|log)\s+(?:an?|the|one)\s+(?:second|third|further|additional"
    r"|extra|more)\b|(?:add|insert|write|put|make|send|log)\s+another\b",
    re.IGNORECASE,
)
"""Words by which code comes beside its like, and goes over nothing."""
