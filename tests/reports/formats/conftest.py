"""Reports that every writer's tests share: the demonstration, one with nothing reported, hostile and marked words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest

from models.access.archive import ReportSource, archived
from models.meetings.compose import SnapshotRequest, compose
from models.meetings.snapshots import list_snapshots, noted
from models.people.accounts import OPERATOR
from models.people.context import Context
from models.people.visibility_rules import Display
from models.store.database import reading
from reports.meeting.describe import describe
from reports.meeting.redact import ReportScope
from reports.report import Report
from tests.kit.builders import NO_PAST
from tests.kit.states import State, database_in

ADDRESS = "https://aiprap.example.org"
SCRIPTS = {
    "Vietnamese": "Tiếng Việt",
    "Thai": "ภาษาไทย",
    "Lao": "ພາສາລາວ",
    "Khmer": "ភាសាខ្មែរ កម្ពុជា",
    "Burmese": "မြန်မာဘာသာ",
    "Tamil": "அறிவுசார் சொத்து",
    "Jawi": "حق هرتا اينتليق",
    "simplified Chinese": "国家知识产权局",
    "traditional Chinese": "智慧財產局",
    "Japanese": "特許庁とライセンス",
    "Korean": "대한민국특허청",
}
"""Words in each script of the region and of its partners."""
ALPHABETS = ", ".join(SCRIPTS.values())
HOSTILE = (
    '=HYPERLINK("https://evil.example","x")',
    "<script>alert(1)</script>",
    '{ INCLUDETEXT "C:\\\\secret.txt" }',
    "{{statements}} {{foot}}",
    '#import "x.typ" $x^2$ *bold* @ref',
    ALPHABETS,
)

MARKERS = {part: f"marker-of-{part}" for part in ("narrative", "next_step", "obstacles", "support_needed")}
"""What is written into parts of a statement, to be looked for in the bytes of a file."""


@cache
def noted_demonstration() -> ReportSource:
    """Filled and read once in a process, for the tests in LibreOffice too."""
    with database_in(State.DEMONSTRATION) as engine, reading(engine) as session:
        mark = noted(list_snapshots(session))[-1]
        return archived(Context.at(session, OPERATOR), mark.id, Display.MEETING)


@pytest.fixture(scope="session", name="noted")
def _noted() -> ReportSource:
    """The demonstration as noted at its last meeting."""
    return noted_demonstration()


@pytest.fixture(scope="session", name="described")
def _described(noted: ReportSource) -> Callable[..., Report]:
    """The report on the demonstration, for a scope and a display."""

    def report(display: Display = Display.MEETING, scope: str = "all") -> Report:
        about = ReportScope.parse(scope, noted.snapshot.plan)
        return describe(noted, scope=about, display=display, address=ADDRESS)

    return report


@pytest.fixture(scope="session", name="demonstration")
def _demonstration(described: Callable[..., Report]) -> Report:
    """The report on the demonstration for the meeting."""
    return described()


def nothing_reported() -> ReportSource:
    """A draft before anybody has reported, with zeros for its SHA-256."""
    with database_in(State.EMPTY) as engine, reading(engine) as session:
        moment = datetime(2027, 2, 1, 12, tzinfo=UTC)
        content = compose(session, SnapshotRequest(as_of=date(2027, 2, 1), known_at=moment, rows_until=0))
        return ReportSource(content, "0" * 64, NO_PAST, {})


@pytest.fixture(scope="session", name="nothing_reported")
def _nothing_reported() -> Report:
    """A report before anybody has reported."""
    return describe(nothing_reported(), scope=ReportScope(), display=Display.MEETING)


def spoilt(noted: ReportSource, display: Display, updates: Sequence[Mapping[str, str]]) -> Report:
    """The report on the demonstration in which the first statements say what is given."""
    taken = noted.snapshot
    first = [one.model_copy(update=update) for one, update in zip(taken.statements, updates, strict=False)]
    parts = {name: getattr(taken, name) for name in type(taken).model_fields}
    changed = type(taken).model_construct(**parts | {"statements": (*first, *taken.statements[len(first) :])})
    return describe(replace(noted, snapshot=changed), scope=ReportScope(), display=display)


@pytest.fixture(scope="session", name="hostile")
def _hostile(noted: ReportSource) -> Report:
    """The demonstration, in which somebody wrote what other programs would run, and a very long tale."""
    return spoilt(noted, Display.MEETING, [{"narrative": words} for words in (*HOSTILE, "A long tale. " * 770)])


@pytest.fixture(scope="session", name="marked")
def _marked(noted: ReportSource) -> Callable[[Display], Report]:
    """The demonstration with a marker in every part that not everybody sees, for a display."""
    return lambda display: spoilt(noted, display, [MARKERS])
