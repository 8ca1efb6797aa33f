"""What a plan is written as, besides the notebooks: one file each, one row each in the table."""

from mendbook.report.exporters.exporter import Exporter
from mendbook.report.exporters.table import EXPORTERS, exported

__all__ = ["EXPORTERS", "Exporter", "exported"]
