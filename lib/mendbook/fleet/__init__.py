"""Many audits: each a whole run, by workers; one plan, one page and one record over all."""

from mendbook.fleet.fleet import run_fleet
from mendbook.fleet.order import FleetOrder, read_order
from mendbook.fleet.records import Fleet

__all__ = ["Fleet", "FleetOrder", "read_order", "run_fleet"]
