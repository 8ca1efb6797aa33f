"""What the repository says about each finding: places, evidence, uses, owners, exposure."""

from mendbook.facts.gather import blank_facts, gather_facts

__all__ = ["blank_facts", "gather_facts"]
