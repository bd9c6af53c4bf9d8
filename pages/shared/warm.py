"""Work done when the server starts, so that the first visitor does not wait for it."""

from importlib import import_module
from pathlib import Path

from models.access.view_choice import latest
from models.admin.health import health
from models.core.vocabulary import Basis
from models.meetings.overview import overview
from models.plan.cache_key import current_stamp, plan_and_today
from pages.menu_pages import PAGES
from pages.shared.plotly_line import figure
from reports.parts.trend import describe_trend

FOLDER = Path(__file__).parent.parent
HEAVY = ("numpy", "pandas", "pyarrow", "plotly.io")


def warm() -> None:
    """Import what drawing needs, so that the first hundred visitors do not queue on the import lock, and read once."""
    for module in (*HEAVY, *_blocks()):
        import_module(module)
    if health()["status"] == "ok":
        _read_once()


def _blocks() -> list[str]:
    """The modules that pages are made of, but not the pages: those are scripts, which run when imported."""
    scripts = {page.path for page in PAGES}
    paths = (path.relative_to(FOLDER) for path in sorted(FOLDER.glob("*/*.py")))
    return [".".join(("pages", *path.with_suffix("").parts)) for path in paths if path.as_posix() not in scripts]


def _read_once() -> None:
    """Parse the plan, compile the queries and read Plotly's templates, as the first page would."""
    stamp = current_stamp()
    plan, today = plan_and_today(stamp)
    with stamp.reading() as session:
        summary = overview(session, latest(plan, today, Basis.CLEARED).view)
        trend = describe_trend(summary.trend, summary.since)
    if trend.line:
        figure(trend.line).to_json()
