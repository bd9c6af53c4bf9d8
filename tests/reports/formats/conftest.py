"""Reports that every writer's tests share: the demonstration, one with nothing reported, hostile and marked words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache

import pytest

from models.core.vocabulary import Step
from models.meetings.compose import SnapshotRequest, compose
from models.meetings.snapshot import Snapshot
from models.meetings.snapshots import list_snapshots, snapshot
from models.people.visibility_rules import Display
from models.store.database import reading
from reports.meeting.describe import describe
from reports.meeting.redact import ReportScope
from reports.report import Report
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


Taken = tuple[Snapshot, str]
"""A snapshot, and its SHA-256."""


@cache
def noted_demonstration() -> Taken:
    """Filled and read once in a process, for the tests in LibreOffice too."""
    with database_in(State.DEMONSTRATION) as engine, reading(engine) as session:
        mark = [one for one in list_snapshots(session) if one.step is Step.NOTED][-1]
        return snapshot(session, mark.id), mark.sha256


@pytest.fixture(scope="session", name="noted")
def _noted() -> Taken:
    """The demonstration as noted at its last meeting."""
    return noted_demonstration()


@pytest.fixture(scope="session", name="described")
def _described(noted: Taken) -> Callable[..., Report]:
    """The report on the demonstration, for a scope and a display."""
    taken, sha256 = noted

    def report(display: Display = Display.MEETING, scope: str = "all") -> Report:
        about = ReportScope.parse(scope, taken.plan)
        return describe(taken, sha256, scope=about, display=display, address=ADDRESS)

    return report


@pytest.fixture(scope="session", name="demonstration")
def _demonstration(described: Callable[..., Report]) -> Report:
    """The report on the demonstration for the meeting."""
    return described()


def nothing_reported() -> Taken:
    """A draft before anybody has reported, and what stands for its SHA-256."""
    with database_in(State.EMPTY) as engine, reading(engine) as session:
        moment = datetime(2027, 2, 1, 12, tzinfo=UTC)
        return compose(session, SnapshotRequest(as_of=date(2027, 2, 1), known_at=moment, rows_until=0)), "0" * 64


@pytest.fixture(scope="session", name="nothing_reported")
def _nothing_reported() -> Report:
    """A report before anybody has reported."""
    return describe(*nothing_reported(), scope=ReportScope(), display=Display.MEETING)


def spoilt(noted: Taken, display: Display, updates: Sequence[Mapping[str, str]]) -> Report:
    """The report on the demonstration in which the first statements say what is given."""
    taken, sha256 = noted
    first = [one.model_copy(update=update) for one, update in zip(taken.statements, updates, strict=False)]
    parts = {name: getattr(taken, name) for name in type(taken).model_fields}
    changed = type(taken).model_construct(**parts | {"statements": (*first, *taken.statements[len(first) :])})
    return describe(changed, sha256, scope=ReportScope(), display=display)


@pytest.fixture(scope="session", name="hostile")
def _hostile(noted: Taken) -> Report:
    """The demonstration, in which somebody wrote what other programs would run, and a very long tale."""
    return spoilt(noted, Display.MEETING, [{"narrative": words} for words in (*HOSTILE, "A long tale. " * 770)])


@pytest.fixture(scope="session", name="marked")
def _marked(noted: Taken) -> Callable[[Display], Report]:
    """The demonstration with a marker in every part that not everybody sees, for a display."""
    return lambda display: spoilt(noted, display, [MARKERS])
