"""Charts: pure functions from a plan to a plotly figure and a sentence."""

from mendbook.report.charts.catalogue import CHARTS, chart
from mendbook.report.charts.chart import Chart

__all__ = ["CHARTS", "Chart", "chart"]
