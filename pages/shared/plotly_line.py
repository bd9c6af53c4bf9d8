"""The dated line as a Plotly figure, of figures and of dates: the only place that knows Plotly."""

from typing import Any

import htpy as h
import plotly.graph_objects as go

from reports.parts.marks import DatedLine, Line, LineStyle
from reports.parts.timeline import Span, SpanGroup, Timeline

HEIGHT = 260
CONFIG = {"displayModeBar": False, "staticPlot": True}
"""A picture: it neither zooms nor traps the wheel; its table gives the figures."""

BLUE, GREY = "#3f7fcf", "#858d99"
"""Read on white and on the dark ground alike."""

STYLES: dict[LineStyle, dict[str, Any]] = {
    LineStyle.SOLID: {"line": {"color": BLUE, "width": 2.5}, "marker": {"size": 8, "color": BLUE}},
    LineStyle.DASHED: {
        "line": {"color": BLUE, "width": 1.5, "dash": "dash"},
        "marker": {"size": 7, "symbol": "circle-open", "color": BLUE},
    },
    LineStyle.THIN: {"line": {"color": GREY, "width": 1, "dash": "dot"}, "mode": "lines"},
}


def figure(mark: DatedLine) -> go.Figure:
    """Draw the lines on a true date axis from 0 to 100."""
    drawn = go.Figure([_trace(line) for line in mark.lines])
    drawn.update_layout(
        height=HEIGHT,
        margin={"l": 32, "r": 16, "t": 32, "b": 28},
        # From above the plot upwards: as many lines as the names need, none of them over the grid.
        legend={"orientation": "h", "y": 1.05, "yanchor": "bottom", "x": 0, "font": {"size": 12}},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    grid = {"gridcolor": "rgba(133,141,153,.25)", "zeroline": False}
    drawn.update_yaxes(range=[-12, 104], tickvals=[0, 25, 50, 75, 100], **grid)
    ticks = mark.ticks
    drawn.update_xaxes(tickvals=[tick.day for tick in ticks], ticktext=[tick.name for tick in ticks], showgrid=False)
    return drawn


def _trace(line: Line) -> go.Scatter:
    style: dict[str, Any] = {"mode": "lines+markers+text"} | STYLES[line.style]
    return go.Scatter(
        name=line.name,
        x=[point.day for point in line.points],
        y=[point.value for point in line.points],
        text=[point.label for point in line.points],
        # Below the line, since what is expected mostly runs above it.
        textposition="bottom right",
        cliponaxis=False,
        textfont={"size": 12},
        **style,
    )


ROW_HEIGHT, HEAD_ROWS = 17, 1.35
"""Pixels of one line of the timeline, and how many such lines the name of an activity takes."""


def timeline_figure(mark: Timeline) -> go.Figure:
    """Draw one line per initiative under the name of its activity, on a true date axis."""
    colour = BLUE if mark.has_reports else GREY
    drawn, row = go.Figure(), 0.0
    keys: dict[float, str] = {}
    for group in mark.groups:
        drawn.add_annotation(_group_name(group, mark, row))
        row += HEAD_ROWS
        for span in group.spans:
            keys[row] = span.key
            drawn.add_traces(_span_traces(span, row, colour))
            row += 1
    _lay_out_timeline(drawn, mark, keys, row)
    return drawn


def _group_name(group: SpanGroup, mark: Timeline, row: float) -> dict[str, Any]:
    place = {"x": mark.years[0].day, "y": row + 0.2, "xanchor": "left", "yanchor": "middle", "showarrow": False}
    # Plotly reads a little HTML in its texts.
    return place | {"text": str(h.fragment[h.b[group.code], f" {group.title}"]), "font": {"size": 12}}


def _span_traces(span: Span, row: float, colour: str) -> list[go.Scatter]:
    end = "circle-open" if span.assumed else "circle"
    bar = go.Scatter(
        x=[span.start, span.due],
        y=[row, row],
        mode="lines+markers",
        line={"color": colour, "width": 3, "dash": "dash" if span.assumed else "solid"},
        cliponaxis=False,
        marker={"size": [0, 9], "symbol": end, "color": colour, "opacity": 1, "line": {"width": 2, "color": colour}},
    )
    if span.original_due is None:
        return [bar]
    tick = {"symbol": "line-ns-open", "size": 12, "color": colour, "line": {"width": 2, "color": colour}}
    return [bar, go.Scatter(x=[span.original_due], y=[row], mode="markers", marker=tick)]


def _lay_out_timeline(drawn: go.Figure, mark: Timeline, keys: dict[float, str], rows: float) -> None:
    drawn.update_layout(
        height=round(rows * ROW_HEIGHT) + 60,
        margin={"l": 40, "r": 16, "t": 32, "b": 8},
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    years = {"tickvals": [tick.day for tick in mark.years], "ticktext": [tick.name for tick in mark.years]}
    drawn.update_xaxes(range=[mark.years[0].day, mark.end], side="top", gridcolor="rgba(133,141,153,.25)", **years)
    drawn.update_yaxes(
        range=[rows, -1], tickvals=list(keys), ticktext=list(keys.values()), showgrid=False, zeroline=False
    )
    drawn.add_vline(x=mark.today.day.isoformat(), line={"color": GREY, "width": 1.5}, layer="below")
