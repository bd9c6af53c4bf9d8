"""The sentences that give a count with its reason, for page and paper alike: excluded, late, assumed, reported."""

from collections.abc import Iterable, Mapping
from datetime import date

from models.core.text import counted, day, listed
from models.core.vocabulary import ExclusionReason
from models.figures.early_cycle import EarlyCycle
from models.figures.rollup import Assessment, Figures, LateCount
from models.progress.scope import Exclusion

ON_ASSUMED_DATES = "on assumed dates"
PARTLY = f"partly {ON_ASSUMED_DATES}"


def excluded_text(excluded: Mapping[Exclusion, int]) -> str:
    """Return "2 excluded: 1 not applicable, 1 joins on 1 Jan 2028", "" where nothing is excluded."""
    if not excluded:
        return ""
    order = list(ExclusionReason)
    reasons = sorted(excluded, key=lambda why: (order.index(why.reason), why.joins_on or date.min))
    numbers = (f"{excluded[why]} {exclusion_text(why, excluded[why])}" for why in reasons)
    return f"{sum(excluded.values())} excluded: {', '.join(numbers)}"


def exclusion_text(why: Exclusion, number: int = 1) -> str:
    """Return the reason of an exclusion, such as "joins on 1 Jan 2028" or "not applicable"."""
    if why.joins_on is None:
        return why.reason.label
    return f"{'joins' if number == 1 else 'join'} on {day(why.joins_on)}"


def late_text(late: LateCount) -> str:
    """Return "3 late (2 on original dates)"; nobody is called late on a date that is assumed."""
    text = f"{late.number} {late_word(late.assumed, late.number).lower()}"
    if 0 < late.assumed < late.number:
        text += f", {late.assumed} of {late.number} an assumed date"
    return f"{text} ({late.originally} on original dates)" if late.originally != late.number else text


def late_word(assumed: int, total: int) -> str:
    """Return what being late is called where so many of the due dates are assumed."""
    if not assumed:
        return "Late"
    return "Past an assumed date" if assumed == total else "Past a due date"


def late_heading(late: LateCount, figures: Figures) -> str:
    """Return the heading of a column of what is late: by what is late, by all due dates where nothing is."""
    if late.number:
        return late_word(late.assumed, late.number)
    return late_word(figures.assumed_due, figures.in_scope)


def late_cell(late: LateCount, heading: str) -> str:
    """Return the number of a column with that heading; where the heading leaves it open, with how many are assumed."""
    if heading != late_word(1, 2) or not late.assumed:
        return str(late.number)
    return f"{late.number} ({late.assumed} assumed)"


def on_dates(assumed: int, total: int) -> str:
    """Return the tag of an expected figure: how many of its dates are assumed; "" for none."""
    if not assumed:
        return ""
    return ON_ASSUMED_DATES if assumed == total else f"{PARTLY} ({assumed} of {total})"


def dates_mark(assumed: int, total: int) -> str:
    """Return the mark beside an expected figure in a table; `dates_notes` explains it below."""
    if not assumed:
        return ""
    return "*" if assumed == total else "**"


def dates_notes(rows: Iterable[tuple[str, int, int]]) -> str:
    """Return the meaning of the marks in a table, from the key of each row with its assumed dates and all of them."""
    marks = [(name, dates_mark(assumed, total), assumed, total) for name, assumed, total in rows]
    partly = listed([f"{name} ({assumed} of {total})" for name, mark, assumed, total in marks if mark == "**"])
    notes = (
        f"* {ON_ASSUMED_DATES}." if any(mark == "*" for _, mark, *_ in marks) else "",
        f"** {PARTLY}: {partly}." if partly else "",
    )
    return " ".join(filter(None, notes))


def reported_text(assessment: Assessment) -> str:
    """Return "12 of 173 commitments reported; percentages from 26 Feb 2027, when reports are due"."""
    when = percentages_from(assessment.early) if assessment.early else ""
    return "; ".join(filter(None, (reported_count(assessment), when)))


def reported_count(assessment: Assessment) -> str:
    """Return "12 of 173 commitments reported"."""
    total = sum(len(standing.commitments) for standing in assessment.standings)
    reported = sum(standing.reported for standing in assessment.standings)
    return f"{reported} of {counted(total, 'commitment')} reported"


def percentages_from(early: EarlyCycle) -> str:
    """Return when percentages are shown that are withheld early in the first cycle."""
    if early.due is None:
        return "percentages once half are, or the reports of the first cycle are due"
    return f"percentages from {day(early.due)}, when reports are due"
