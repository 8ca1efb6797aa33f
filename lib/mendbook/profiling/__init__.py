"""What was measured: one file per format, joined to the repository's files and to findings."""

from mendbook.profiling.formats import FORMATS
from mendbook.profiling.heat import join_heat
from mendbook.profiling.load import load_profiles

__all__ = ["FORMATS", "join_heat", "load_profiles"]
