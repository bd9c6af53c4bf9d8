"""Hypothesis strategies: small plans as `plan export` prints them, and log lines as imports take them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

Item = dict[str, Any]
"""A plan, an initiative of it or a line of the log, as JSON has it."""

STATES = {"BN": "1984-01-07", "KH": "1999-04-30", "TL": "2025-10-26"}
BODIES = ["AWGIPC", "TMTF"]
MEASURES = {"M1": ["A1", "A2"], "M2": ["A3"]}
THEMES = ["msmes", "women"]
FIRST_DAY, LAST_DAY = date(2026, 1, 1), date(2028, 12, 31)
NOW = datetime(2029, 1, 1, tzinfo=UTC)

days = st.dates(FIRST_DAY, LAST_DAY)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001  # naive as Hypothesis wants them
weights = st.sampled_from([1, 1, 2, 5, 0.5, 0.1])
some_states = st.lists(st.sampled_from(sorted(STATES)), unique=True, min_size=1).map(
    lambda keys: [key for key in STATES if key in keys]
)


@st.composite
def deliverables(draw: st.DrawFn) -> list[Item]:
    """None, mostly; else two or three dated products."""
    count = draw(st.sampled_from([0, 0, 0, 2, 3]))
    return [
        {"key": f"D{n}", "title": f"Product {n}", "due": draw(days).isoformat(), "weight": draw(weights)}
        for n in range(count)
    ]


@st.composite
def initiatives(draw: st.DrawFn, key: str, activity: str | None = None) -> Item:
    """One initiative of a document, regional or national."""
    measure = draw(st.sampled_from(sorted(MEASURES)))
    national = draw(st.booleans())
    states = draw(some_states) if national else []
    start = draw(days)
    after = st.dates(start + timedelta(days=1), LAST_DAY + timedelta(days=400))
    some = st.lists(st.sampled_from(states), unique=True, max_size=2) if states else st.just([])
    return {
        "key": key,
        "code": key,
        "title": f"Title of {key}",
        "wording": draw(st.sampled_from(["working", "official"])),
        "measure": measure,
        "activity": activity or draw(st.sampled_from(MEASURES[measure])),
        "scope": "national" if national else "regional",
        "lead": draw(st.sampled_from(BODIES)),
        "champions": draw(st.lists(st.sampled_from(sorted(STATES)), unique=True, max_size=2)),
        "states": states,
        "joins": {state: draw(days).isoformat() for state in draw(some)},
        "weight": draw(weights),
        "start": start.isoformat(),
        "due": draw(after).isoformat(),
        "due_by_state": {state: draw(after).isoformat() for state in draw(some)},
        "rule": {"at_least": draw(st.integers(1, 4))} if national and draw(st.booleans()) else "all_applicable",
        "in_force_from": draw(st.sampled_from(["2026-01-01", "2026-06-01"])),
        "themes": draw(st.lists(st.sampled_from(THEMES), unique=True)),
        "deliverables": draw(deliverables()),
        "assumed": draw(st.sampled_from([[], ["due"], ["title", "due"]])),
    }


def document(initiatives_of_it: Sequence[Item]) -> Item:
    """A whole plan document around some initiatives."""
    named = [{"key": key, "code": key, "title": key, "short_title": key} for key in MEASURES]
    return {
        "key": "tiny",
        "version": "1.0",
        "title": "A tiny plan",
        "short_title": "Tiny",
        "period": {"start": "2026-01-01", "end": "2028-12-31"},
        "settings": {"time_zone": "Asia/Jakarta", "at_risk_points": 20},
        "expected_counts": {"measures": 2, "activities": 3, "initiatives": len(initiatives_of_it)},
        "states": [
            {"key": key, "name": key, "formal_name": key, "alpha3": f"{key}X", "member_from": day}
            for key, day in STATES.items()
        ],
        "bodies": [{"key": key, "name": key, "kind": "task_force"} for key in BODIES],
        "themes": [{"key": key, "title": key, "group": "afaipc", "source_quote": key} for key in THEMES],
        "meetings": [{"key": "AWGIPC-80", "body": "AWGIPC", "number": 80, "start": "2026-11-09", "end": "2026-11-12"}],
        "measures": named,
        "activities": [
            {"key": activity, "code": activity, "measure": measure, "title": activity}
            for measure, activities in MEASURES.items()
            for activity in activities
        ],
        "initiatives": initiatives_of_it,
    }


@st.composite
def editions(draw: st.DrawFn) -> tuple[Item, Item]:
    """Two documents: the second amends the first as a load accepts, and adds an initiative."""
    keys = ["I1", "I2", "I3"]
    first = [draw(initiatives(key)) for key in keys]
    second = [draw(amended(one)) for one in first] + [draw(initiatives("I4"))]
    return document(first), document(second)


@st.composite
def amended(draw: st.DrawFn, one: Item) -> Item:
    """An initiative as a later edition may have it: other dates, weight, lead; withdrawn sometimes; same scope."""
    other = draw(initiatives(one["key"]).filter(lambda other: other["scope"] == one["scope"]))
    kept = draw(st.lists(st.sampled_from(sorted(one)), unique=True))
    changed = other | {field: one[field] for field in kept if field not in {"joins", "due_by_state", "states", "rule"}}
    changed |= {"due": max(changed["due"], (date.fromisoformat(changed["start"]) + timedelta(days=1)).isoformat())}
    changed |= {"due_by_state": {k: v for k, v in other["due_by_state"].items() if v > changed["start"]}}
    if draw(st.integers(0, 4)) == 0:
        ended = {"on": draw(st.dates(date(2026, 6, 2), LAST_DAY)).isoformat(), "reason": "r", "decided_at": "AWGIPC-80"}
        changed["superseded_by"] = ended | {"initiative": "I4"}
    return changed


@st.composite
def logs(draw: st.DrawFn, plan: Item, max_size: int = 25) -> list[Item]:
    """Lines of a progress file for a document: corrections of corrections, returns, withdrawals, nil reports."""
    lines: list[Item] = []
    for number in range(draw(st.integers(0, max_size))):
        lines.append(draw(log_lines(plan, number, lines)))
    return lines


@st.composite
def log_lines(draw: st.DrawFn, plan: Item, number: int, earlier: Sequence[Item]) -> Item:
    """One line; it may replace an earlier one of its commitment."""
    one = draw(st.sampled_from(plan["initiatives"]))
    party = draw(st.sampled_from(one["states"] or ["ASEAN"]))
    entered = draw(moments)
    local_day = (entered + timedelta(hours=7)).date()
    valid_on = draw(st.dates(FIRST_DAY - timedelta(days=30), local_day))
    line = {"ref": f"r{number}", "initiative": one["key"], "party": party, "author": "a@example.org"}
    line |= {"valid_on": valid_on.isoformat(), "entered_at": entered.isoformat()}
    line |= draw(lives(entered)) | draw(statements(one))
    same = [row["ref"] for row in earlier if (row["initiative"], row["party"]) == (one["key"], party)]
    if bool(same) and draw(st.booleans()):
        line["replaces"] = draw(st.sampled_from(same))
    return line


@st.composite
def lives(draw: st.DrawFn, entered: datetime) -> Item:
    """The moments of a row: submitted, then cleared or returned or neither, then perhaps withdrawn."""
    later = st.timedeltas(timedelta(0), timedelta(days=90)).map(lambda gap: entered + gap)
    submitted, decided, withdrawn = sorted(min(draw(later), NOW) for _ in range(3))
    life = {"submitted_at": submitted.isoformat()}
    fate = draw(st.sampled_from(["cleared", "cleared", "cleared", "returned", "waiting"]))
    if fate == "cleared":
        life |= {"cleared_at": decided.isoformat(), "cleared_by": "b@example.org"}
    elif fate == "returned":
        life["returned_at"] = decided.isoformat()
    if draw(st.integers(0, 5)) == 0:
        life["withdrawn_at"] = withdrawn.isoformat()
    return life


@st.composite
def statements(draw: st.DrawFn, one: Item) -> Item:
    """What a row says: an update of any status, or a nil report."""
    status = draw(st.sampled_from(["not_started", "ongoing", "completed", "suspended", "not_applicable", "nil"]))
    if status == "nil":
        return {"kind": "nil"}
    said: Item = {"status": status, "narrative": "Words."}
    if status == "completed":
        said["evidence"] = [{"document": "A record"}]
    if status in {"ongoing", "suspended"} and one["deliverables"]:
        keys = [item["key"] for item in one["deliverables"]]
        said["deliverables_done"] = draw(st.lists(st.sampled_from(keys), unique=True))
    elif status in {"ongoing", "suspended"}:
        said["percent"] = draw(st.integers(0, 99))
    return said
