"""One cell of the progress form: what may stand in it, and what it says in a draft."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.core.text import tidy
from models.core.vocabulary import ObstacleKind, Request, Status
from models.progress.statement import StatementFields, step_label
from models.reporting.form import FIELDS, CellRefused, cells_of, in_words_of_today, read_cell, value_of
from tests.kit.builders import tiny_plan

PLAIN, PRODUCTS = tiny_plan().initiative["I02"], tiny_plan().initiative["I01"]
texts = st.none() | st.text(min_size=1, max_size=60).filter(lambda text: tidy(text) == text)
drafts = st.builds(
    StatementFields,
    status=st.none() | st.sampled_from(Status),
    percent=st.none() | st.sampled_from([10, 25, 50, 75, 90]),
    narrative=texts,
    obstacles=texts,
    obstacle_kind=st.none() | st.sampled_from(ObstacleKind),
    next_step=texts,
    support_needed=texts,
    proposed_due=st.none() | st.dates(date(2026, 1, 1), date(2040, 1, 1)),
    requested=st.none() | st.sampled_from(Request),
    request_reason=texts,
)


@given(drafts)
def test_a_draft_told_in_cells_is_the_same_draft(written):
    cells = cells_of(written)

    assert written == StatementFields(**{name: value_of(name, cells[name]) for name in StatementFields.model_fields})


@pytest.mark.parametrize(
    ("field", "content", "text"),
    [
        ("status", None, ""),
        ("status", "  ", ""),
        ("status", "ONGOING ", "Ongoing"),
        ("status", "nothing to report", "Nothing to report"),
        ("percent", "50 draft circulated", "50 draft circulated"),
        ("percent", 50, "50 draft circulated"),
        ("percent", 50.0, "50 draft circulated"),
        ("percent", "50 %", "50 draft circulated"),
        ("percent", "75 in the words of an earlier release", step_label(75)),
        ("narrative", "=1+1", "=1+1"),
        ("narrative", 2027, "2027"),
        ("narrative", "a_x000D_\r\nb", "a\nb"),
        ("proposed_due", datetime(2029, 5, 1), "2029-05-01"),  # noqa: DTZ001  # as a cell holds it
        ("documents", "Minutes\n\nRecord, para 3", "Minutes\n\nRecord, para 3"),
        ("links", "https://example.org/a", "https://example.org/a"),
        ("requested", "that it be suspended", "that it be suspended"),
    ],
)
def test_what_somebody_typed_has_one_text(field, content, text):
    assert text == read_cell(field, content, PLAIN, "")


@pytest.mark.parametrize(
    ("field", "content", "what", "remedy"),
    [
        ("status", "In progress", "“In progress” is not in the list", "choose Not started"),
        ("status", "Not applicable", "is for the meeting to decide", "choose “that it not apply”"),
        ("status", True, "“True” is not in the list", "choose"),
        ("percent", "40", "“40” is not a step", "choose 10 work plan agreed"),
        ("percent", "50 or 75", "“50 or 75” is not a step", "choose"),
        ("percent", 0.5, "“0.5” is not a step", "choose"),
        ("percent", float("inf"), "is not a step", "choose"),
        ("deliverables_done", "D1", "has no deliverables", "empty the cell"),
        ("narrative", "x" * 20_001, "20000", "shorten"),
        ("narrative", date(2027, 1, 1), "is not a text", "as text"),
        ("links", "www.example.org", "is not an address", "https://"),
        ("links", "https://example.org/ö ffice", "is not an address", "https://"),
        ("proposed_due", "31/12/2029", "is a text and not a date", "such as 31-Dec-2028"),
        ("proposed_due", datetime(2029, 5, 1, 12), "not a date", "such as"),  # noqa: DTZ001  # as above
        ("proposed_due", 47848, "“47848” is not a date", "such as"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_remedy(field, content, what, remedy):
    with pytest.raises(CellRefused) as refused:
        read_cell(field, content, PLAIN, "")

    assert what in refused.value.what
    assert remedy in refused.value.remedy


def test_deliverables_stand_in_the_place_of_a_step():
    assert "D1; D2" == read_cell("deliverables_done", "D2, D1", PRODUCTS, "")
    assert ((), ("D1",)) == (value_of("deliverables_done", "none"), value_of("deliverables_done", "D1"))
    with pytest.raises(CellRefused, match="follows from the deliverables"):
        read_cell("percent", "50", PRODUCTS, "")
    with pytest.raises(CellRefused, match="“D9” is not a deliverable of I01"):
        read_cell("deliverables_done", "D9", PRODUCTS, "")


@pytest.mark.parametrize(("field", "text"), [("percent", "40 %"), ("status", "Not applicable")])
def test_what_was_exported_may_stay(field, text):
    assert text == read_cell(field, text, PLAIN, text)


def test_what_went_out_is_compared_in_the_words_of_today():
    assert step_label(75) == in_words_of_today("percent", "75 in the words of an earlier release")
    assert "Nothing to report" == in_words_of_today("status", "Nothing to report")


def test_zero_nothing_not_applicable_and_no_word_are_four_things():
    said = [StatementFields(status="not_started"), StatementFields(), StatementFields(status="not_applicable")]
    told = [cells_of(one)["status"] for one in said] + [cells_of(StatementFields(), nothing=True)["status"]]

    assert ["Not started", "", "Not applicable", "Nothing to report"] == told


@given(st.text() | st.integers() | st.floats() | st.booleans() | st.datetimes(), st.sampled_from(sorted(FIELDS)))
def test_whatever_stands_in_a_cell_is_read_or_refused(content, field):
    try:
        text = read_cell(field, content, PLAIN, "")
    except CellRefused:
        return
    assert text == read_cell(field, text, PLAIN, text)
