"""The report's sections: pure functions from a plan to Markdown."""

from mendbook.report.sections.catalogue import SECTIONS, Section, section

__all__ = ["SECTIONS", "Section", "section"]
