"""A frame to search and to sort, and the rows of it that are selected in a chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from mendbook.notebook.card import Card
from mendbook.notebook.front_end import interactive
from mendbook.report.charts import Chart
from mendbook.text.escape import html, visible

if TYPE_CHECKING:
    import pandas as pd

_SEARCH: dict[str, Any] = {
    "maxBytes": 0,  # all rows: a person searches what is there, not a sample of it
    "lengthMenu": [10, 25, 100, 500],
    "style": "width:100%;table-layout:auto",
    "classes": "display compact",
    "select": True,
}
_HINT = "<p>Click a row to see its finding below.</p>"
_WIDTH = 1040
"""Pixels of a linked chart."""
_SHORT = 24
"""Characters of the longest text in a column that is not broken over lines."""
_CELL = "text-align:left;vertical-align:top;padding:0.2em 1em 0.2em 0"
"""How a cell stands: a widget's HTML has none of the notebook's own rules for tables."""


class Searchable:
    """A frame as a table with a search field and sortable columns, all of each text in it."""

    def __init__(
        self,
        frame: pd.DataFrame,
        card: Callable[[str], Card] | None = None,
        column: str = "id",
    ) -> None:
        self.frame = frame
        self.widget: Any = None
        """The table in JupyterLab; None where nobody sits before the notebook."""
        self.shown: Any = None
        """What stands in the cell: the table, and below it the card of the row that is selected."""
        if interactive():
            from itables.widget import ITable  # brings a bundle of scripts

            plain = _plain(frame)
            whole = {"className": "dt-nowrap", "targets": _short(plain)}
            self.widget = ITable(plain, columnDefs=[whole], **_SEARCH)
            self.shown = self._over_cards(card, column) if card else self.widget

    def _over_cards(self, card: Callable[[str], Card], column: str) -> Any:  # noqa: ANN401
        import ipywidgets as w

        ids = self.frame[column].astype(str).to_list()
        below = w.HTML(_HINT)

        def show(change: dict[str, Any]) -> None:
            chosen = [ids[at] for at in change["new"]]
            below.value = card(chosen[0]).html if len(chosen) == 1 else _HINT

        self.widget.observe(show, names="selected_rows")
        return w.VBox([self.widget, below])

    def select(self, column: str, values: Sequence[object]) -> None:
        """Select the rows that have one of ``values`` in ``column``, and no others."""
        if self.widget is not None:
            indices = self.frame[column].isin(list(values)).to_numpy().nonzero()[0]
            self.widget.selected_rows = [int(at) for at in indices]

    def _repr_mimebundle_(self, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - Jupyter's
        return widget_bundle(self.shown, static_table(self.frame), given)


class Linked:
    """A chart over a table: what is clicked or lassoed in the chart is selected in the table."""

    def __init__(self, chart: Chart, table: Searchable, column: str = "id") -> None:
        self.chart, self.table, self.column = chart, table, column
        self.widget: Any = None
        self._chosen: dict[int, list[str]] = {}
        if table.widget is not None:
            self.widget = self._linked()

    def _linked(self) -> Any:  # noqa: ANN401 - no types are published for widgets
        import ipywidgets as w
        from plotly.graph_objects import FigureWidget

        figure = FigureWidget(self.chart.figure)
        figure.update_layout(width=_WIDTH)  # the widget does not follow its cell
        for drawn in figure.data:
            if drawn.ids is not None:
                drawn.on_click(self.choose)
                drawn.on_selection(self.choose)
        self.said = w.HTML()
        return w.VBox([figure, self.said, self.table.shown])

    def choose(self, drawn: Any, points: Any, _: object = None) -> None:  # noqa: ANN401
        """Select the rows of the ``points`` that were clicked in the trace ``drawn``."""
        # plotly tells every trace of a click in one of them, with no points
        self._chosen[points.trace_index] = [drawn.ids[at] for at in points.point_inds]
        chosen = [each for ids in self._chosen.values() for each in ids]
        self.said.value = f"<p>Selected: {html(', '.join(chosen))}</p>" if chosen else ""
        self.table.select(self.column, chosen)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        shown = [self.chart, self.table] if self.widget is None else [self.widget]
        display(*shown)  # type: ignore[no-untyped-call]


def searchable(
    frame: pd.DataFrame, card: Callable[[str], Card] | None = None, column: str = "id"
) -> Searchable:
    """Return ``frame`` as a table to search and to sort.

    With ``card``, a function from an id to a finding's card (``opened.finding``), the row that is
    selected shows the card of what stands in its ``column``.
    """
    return Searchable(frame, card, column)


def linked(
    chart: Chart,
    frame: pd.DataFrame,
    card: Callable[[str], Card] | None = None,
    column: str = "id",
) -> Linked:
    """Return ``chart`` over ``frame``: points of the chart select the rows of their ``column``.

    With ``card``, the one that is selected shows its card, as in ``searchable``.
    """
    return Linked(chart, Searchable(frame, card, column), column)


def widget_bundle(widget: Any, static: str, given: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    """Return what Jupyter displays of ``widget``, and ``static`` HTML for who has no widgets."""
    plain = {"text/html": static, "text/plain": "table"}
    if widget is None:
        return plain
    shown = widget._repr_mimebundle_(**given)
    bundle = shown[0] if isinstance(shown, tuple) else shown
    return {**plain, **bundle}


def static_table(frame: pd.DataFrame) -> str:
    """Return ``frame`` as an HTML table with all of each text in it."""
    import pandas as pd

    with pd.option_context("display.max_colwidth", None, "display.max_rows", None):
        table = str(_plain(frame).to_html(index=False, border=0))
    return table.replace("<th>", f'<th style="{_CELL}">').replace("<td>", f'<td style="{_CELL}">')


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` with numbers as numbers and nothing as "", which every browser sorts."""
    import pandas as pd

    styled = frame.copy()
    for name, column in frame.items():
        number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
        whole = number and bool((column.dropna() % 1 == 0).all())
        if number and column.notna().all():
            styled[name] = column.astype(int if whole else float)
        else:
            styled[name] = column.astype(object).where(column.notna(), "").map(_seen)
    return styled


def _seen(value: object) -> object:
    """Return a text with all of it to be seen; pandas would break its line where it is unseen."""
    return visible(value) if isinstance(value, str) else value


def _short(frame: pd.DataFrame) -> list[int]:
    """Return the places of the columns whose texts are all short: ids, names, numbers."""
    return [
        at
        for at, name in enumerate(frame.columns)
        if frame[name].astype(str).str.len().max() <= _SHORT
    ]
