"""What is described of an assessment: headlines, glance, sums, course."""

import re
from datetime import date

import pytest

from models.core.vocabulary import Grouping, Status
from models.figures.explain import CountedStatement, explain
from models.figures.rollup import assess, roll_up
from models.figures.trend import TrendPoint
from reports.parts.glance import attention_title, glance
from reports.parts.headlines import citation, headlines, plan_group
from reports.parts.marks import LineStyle
from reports.parts.sums import initiative_sums, progress_sum
from reports.parts.trend import describe_trend
from tests.kit.builders import changed, statement, tiny_plan

DAY = date(2027, 6, 30)


def at(percent, day=DAY, plan=None):
    return assess(plan or tiny_plan(), {("I01", "ASEAN"): statement(percent)}, as_of=day)


def nothing():
    return assess(tiny_plan(), {}, as_of=DAY)


def test_nothing_reported_shows_no_percentage_and_no_expectation():
    described = glance(nothing())

    assert headlines(nothing(), None) == ()
    assert described.title == "No report yet on any of the 3"
    assert (
        {row.progress.percent for row in described.rows} == {row.progress.expected for row in described.rows} == {None}
    )
    assert attention_title(nothing()) == "No progress has been reported yet"
    assert "%" not in citation(nothing(), view="", basis="Cleared", edition="1.0", sha256="0" * 64)


def test_a_citation_names_what_is_needed_to_find_the_figure_again():
    line = citation(at(30), view="as of 30 Jun 2027", basis="Cleared", edition="1.1", sha256="abcdef0123")

    assert "0 of 3 initiatives completed, progress 10 %" in line
    assert "; as of 30 Jun 2027; cleared; edition 1.1 (abcdef01); method " in line


def test_the_glance_says_what_a_hollow_mark_means_where_there_is_one():
    assumed, official = glance(at(5, day=date(2028, 11, 30))), glance(nothing())

    assert "Hollow: the date is assumed." in assumed.note
    assert "Hollow" not in official.note


def test_a_square_stands_for_every_initiative_with_a_gap_between_activities():
    squares = [square for row in glance(at(30)).rows for square in row.squares]

    assert [(one.key, one.starts_activity) for one in squares] == [("I01", True), ("I02", False), ("I03", True)]
    assert squares[1].sentence == "I02 Online filing in every office: no report"
    assert squares[0].sentence.endswith(", working title")


def test_three_headlines_always_stand_together():
    completed, progress, due = headlines(at(30), None)

    assert (completed.value, progress.value, due.value) == ("0 of 3", "10 %", "–")
    assert due.label == "nothing due by now"
    assert progress.notes[0].endswith("partly on assumed dates (1 of 3)")


def test_the_sum_is_the_one_a_reader_would_do():
    assert progress_sum(plan_group(at(30))).sentence == "sum of p 30 / 3 = 10, rounded down to 10 %"


def test_weights_show_as_soon_as_one_differs():
    heavy = changed(tiny_plan(), "I01", weight=tiny_plan().initiative["I01"].weight * 2)
    described = progress_sum(plan_group(at(30, plan=heavy)))

    assert described.weights_differ
    assert described.sentence == "sum of w × p 60 / sum of w 4 = 15, rounded down to 15 %"


def test_an_initiative_s_figure_is_the_mean_of_its_commitments():
    assessment = assess(tiny_plan(), {("I03", "BN"): statement(30)}, as_of=DAY)

    assert initiative_sums(assessment.by_key["I03"])[0] == "p = mean of 2 commitments = 30 / 2 = 15"


def point(name, day, percent, known=None):
    """A point of the trend; where nothing was reported, only what is known now."""
    (restated,) = roll_up(at(known or percent, day), Grouping.PLAN)
    reported = roll_up(at(percent, day), Grouping.PLAN)[0] if percent is not None else None
    return TrendPoint(name, day, reported, restated)


def test_one_point_is_no_course():
    assert describe_trend([point("AWGIPC 80", date(2026, 3, 4), 30)], "").line is None


def test_the_trend_shows_what_was_reported_and_what_is_known_today():
    points = [point("AWGIPC 80", date(2026, 3, 4), 30, 60), point("AWGIPC 81", date(2026, 7, 4), 90)]
    trend = describe_trend(points, "AWGIPC 80")

    assert trend.title == "Progress rose from 10 % to 30 % since AWGIPC 80; today we know it was 20 %"
    assert trend.line is not None
    assert [line.style for line in trend.line.lines] == [LineStyle.THIN, LineStyle.DASHED, LineStyle.SOLID]
    assert [tick.name for tick in trend.line.ticks] == ["AWGIPC 80", "81"]
    assert [(row.reported, row.restated) for row in trend.rows] == [("10 %", "20 %"), ("30 %", "30 %")]


def test_what_was_reported_at_no_meeting_is_a_dash_and_no_point_of_the_solid_line():
    held = [point("AWGIPC 80", date(2026, 3, 4), None, 30), point("AWGIPC 81", date(2026, 7, 4), None, 60)]
    paper = "paper for AWGIPC 83, circulated 30 Nov 2026"
    sent = point(paper, date(2026, 11, 30), 90)
    trend = describe_trend([*held, sent, point("", date(2026, 12, 1), None, 90)], "")

    assert trend.title == "Progress is 30 %"
    assert trend.line is not None
    (solid,) = [line for line in trend.line.lines if line.style is LineStyle.SOLID]
    assert [spot.day for spot in solid.points] == [date(2026, 11, 30)]
    assert [(row.name, row.reported) for row in trend.rows] == [
        ("AWGIPC 80", "–"),
        ("AWGIPC 81", "–"),
        (paper, "30 %"),
        ("", "–"),
    ]


@pytest.mark.parametrize("cleared_on", [date(2026, 2, 3), None])
def test_a_dispute_is_settled_in_one_sentence(cleared_on):
    now = CountedStatement("Cambodia", Status.COMPLETED, 100, date(2026, 2, 1), date(2026, 2, 2), cleared_on)
    earlier = CountedStatement("Cambodia", Status.ONGOING, 50, date(2025, 6, 30), date(2025, 7, 1), date(2025, 7, 2))
    sentence = explain(now, earlier, tiny_plan())

    assert sentence.startswith("On 2 Feb 2026 Cambodia reported “completed”, valid on 1 Feb 2026; ")
    assert sentence.endswith("The previous statement was “ongoing, 50 %” (valid on 30 Jun 2025).")
    assert bool(re.search("cleared 3 Feb 2026; counted from AWGIPC 80", sentence)) is (cleared_on is not None)
