"""Run the tools that feed an audit and its measurements, bounded and recorded."""

from mendbook.collect.gather import RECORD, collect
from mendbook.collect.records import Attempt, Collection, Kept, Status
from mendbook.collect.request import Order, words
from mendbook.collect.summary import closing_words
from mendbook.collect.tool import Tool
from mendbook.collect.tools import TOOLS, choose

__all__ = [
    "RECORD",
    "TOOLS",
    "Attempt",
    "Collection",
    "Kept",
    "Order",
    "Status",
    "Tool",
    "choose",
    "closing_words",
    "collect",
    "words",
]
