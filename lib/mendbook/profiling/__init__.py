"""What was measured: one file per format, joined to the repository's files and to findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mendbook.late import names_of

if TYPE_CHECKING:
    from mendbook.profiling.formats import BINARY_FORMATS, FORMATS
    from mendbook.profiling.heat import join_heat
    from mendbook.profiling.measurement_files import load_coverage, load_profiles
    from mendbook.profiling.scripts import beside

__all__ = [
    "BINARY_FORMATS",
    "FORMATS",
    "beside",
    "join_heat",
    "load_coverage",
    "load_profiles",
]

__getattr__ = names_of(
    __name__,
    {
        "BINARY_FORMATS": "formats",
        "FORMATS": "formats",
        "beside": "scripts",
        "join_heat": "heat",
        "load_coverage": "measurement_files",
        "load_profiles": "measurement_files",
    },
)
