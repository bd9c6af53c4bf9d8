"""The wording of the plan: how many titles are official, and what else is assumed."""

from collections import Counter
from collections.abc import Mapping

from models.core.text import counted
from models.core.vocabulary import Wording
from models.plan.schema import Plan

END_OF_YEAR = (12, 31)

MEANINGS = {
    Wording.OFFICIAL: "The text of an ASEAN document.",
    Wording.PARAPHRASE: "Shortened from the text of a public report.",
    Wording.WORKING: "A short title used in this dashboard only. It is based on quoted text and is not ASEAN's title.",
}


def wording_title(plan: Plan) -> str:
    """Return "39 of 43 titles are working titles, 4 are paraphrases"."""
    total = counted(len(plan.titled), "title")
    numbers = [(plan.count(kind), kind) for kind in (Wording.WORKING, Wording.PARAPHRASE) if plan.count(kind)]
    if not numbers:
        return f"All {total} are official text"
    (number, kind), *others = numbers
    rest = (f"{count} {_are(count, kind)}" for count, kind in others)
    return ", ".join([f"{number} of {total} {_are(number, kind)}", *rest])


def explanation(plan: Plan) -> tuple[str, ...]:
    """Return what is published and what is assumed in this edition; nothing where all is official."""
    return tuple(filter(None, (_published(plan), _grouping(plan), _dates(plan))))


def assumed_fields(plan: Plan) -> Mapping[str, int]:
    """Return the number of initiatives with an assumption by field, the most frequent first."""
    return dict(Counter(field for initiative in plan.titled for field in initiative.assumed).most_common())


def _are(number: int, word: Wording) -> str:
    return f"is a {word.label}" if number == 1 else f"are {word.label}s"


def _published(plan: Plan) -> str:
    """Return what is public; "" as soon as a title is official."""
    if not plan.count(Wording.WORKING) or plan.count(Wording.OFFICIAL):
        return ""
    return (
        f"ASEAN has published, word for word, the titles of the {counted(len(plan.measures), 'strategic measure')} and"
        f" of the {counted(len(plan.activities), 'activity', 'activities')}, and the number of"
        f" {plan.expected_counts.initiatives} strategic initiatives. The list of the initiatives, their numbers, leads,"
        " champions, dates and deliverables were not found in public sources."
    )


def _grouping(plan: Plan) -> str:
    if not any("grouping" in activity.assumed for activity in plan.activities):
        return ""
    counts = [sum(activity.measure == measure.key for activity in plan.activities) for measure in plan.measures]
    unofficial = [member.code for member in plan.titled if member.wording is not Wording.OFFICIAL]
    codes = "all codes" if len(unofficial) == len(plan.titled) else "the codes of titles that are not official"
    return (
        f"Which activity belongs to which measure ({'-'.join(map(str, counts))}) is assumed, because the ASEAN page"
        f" lists them separately{f'; so are {codes}, such as {unofficial[0]}' if unofficial else ''}."
    )


def _dates(plan: Plan) -> str:
    assumed = [initiative.due for initiative in plan.titled if initiative.due_is_assumed]
    if not assumed:
        return ""
    sentence = f"{len(assumed)} of {len(plan.titled)} due dates are assumed and are not forecasts"
    by_rule = all((due.month, due.day) == END_OF_YEAR for due in assumed)
    return f"{sentence}: a single rule sets each to the end of a year of the plan." if by_rule else f"{sentence}."
