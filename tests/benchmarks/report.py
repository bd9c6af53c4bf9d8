"""How fast the report of the demonstration is written, after one warm-up.

    make bench                           all benchmarks, with their limits
    python -m tests.benchmarks.report    the figures, as one JSON line

- `report_s`: all formats together, and each of them for itself;
- `report_pdf_new_s`: the PDF of a report that was never set before, for comparison: each round has another foot.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pytest

from models.access.archive import archived
from models.demo.demo import fill_demonstration
from models.meetings.snapshots import list_snapshots
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.people.visibility_rules import Display
from models.plan.read import read_plan
from models.store.database import migrate, open_engine, reading, writing
from reports.formats import Format, write
from reports.meeting.describe import describe
from reports.meeting.redact import ReportScope
from reports.report import Report
from tests.kit.serving import ROOT

ALL_WITHIN_S, PDF_WITHIN_S = 3, 0.5
ROUNDS = 5


def demonstration(folder: Path) -> Report:
    """The demonstration's newest snapshot, for the meeting."""
    engine = open_engine(f"sqlite:///{folder / 'demo.db'}")
    migrate(engine)
    with writing(engine) as session:
        fill_demonstration(session, read_plan(ROOT / "plan"))
    with reading(engine) as session:
        newest = list_snapshots(session)[-1]
        source = archived(Context.at(session, OPERATOR), newest.id, Display.MEETING)
    engine.dispose()
    return describe(source, scope=ReportScope(), display=Display.MEETING)


def seconds(act: Callable[[Report], object], report: Report) -> float:
    """How long one format takes."""
    started = time.perf_counter()
    act(report)
    return time.perf_counter() - started


def measure() -> dict[str, float]:
    """The medians of five rounds."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        report = demonstration(Path(folder))
    for form in Format:
        write(report, form)
    taken = [{form: seconds(partial(write, form=form), report) for form in Format} for _ in range(ROUNDS)]
    each = {f"report_{form}_s": round(median(one[form] for one in taken), 2) for form in Format}
    others = (replace(report, foot=f"{report.foot} Round {number}.") for number in range(ROUNDS))
    new = median(seconds(partial(write, form=Format.PDF), one) for one in others)
    together = median(sum(one.values()) for one in taken)
    return {"report_s": round(together, 2)} | each | {"report_pdf_new_s": round(new, 2)}


@pytest.mark.benchmark
def test_a_report_is_there_before_the_chair_looks_up() -> None:
    figures = measure()
    print(json.dumps(figures))
    assert figures["report_s"] < ALL_WITHIN_S
    assert figures["report_pdf_s"] < PDF_WITHIN_S


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()) + "\n")
