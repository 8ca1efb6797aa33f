"""What a plan is written as, besides the notebooks: one file each, one row each in the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mendbook.late import names_of

if TYPE_CHECKING:
    from mendbook.report.exporters.exporter import Exporter
    from mendbook.report.exporters.exporters import EXPORTERS, exported

__all__ = [
    "EXPORTERS",
    "Exporter",
    "exported",
]

__getattr__ = names_of(
    __name__,
    {
        "EXPORTERS": "exporters",
        "Exporter": "exporter",
        "exported": "exporters",
    },
)
