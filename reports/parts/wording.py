"""Whose words the plan is told in: how many titles are ASEAN's, and what else is our assumption."""

from collections import Counter
from collections.abc import Mapping

from models.core.text import counted
from models.core.vocabulary import Wording
from models.plan.schema import Plan

END_OF_YEAR = (12, 31)

MEANINGS = {
    Wording.OFFICIAL: "The words of a document of ASEAN.",
    Wording.PARAPHRASE: "The words of a public report, shortened.",
    Wording.WORKING: "Our own short title for a slot of the plan. It rests on quoted words and is not ASEAN's title.",
}


def wording_title(plan: Plan) -> str:
    """39 of 43 titles are working titles, 4 are paraphrases."""
    total = counted(len(plan.titled), "title")
    numbers = [(plan.count(word), word) for word in (Wording.WORKING, Wording.PARAPHRASE) if plan.count(word)]
    if not numbers:
        return f"All {total} are official text"
    (number, word), *others = numbers
    return ", ".join([f"{number} of {total} {_are(number, word)}", *(f"{n} {_are(n, one)}" for n, one in others)])


def explanation(plan: Plan) -> tuple[str, ...]:
    """What is published and what is not, as far as the edition leaves anything assumed."""
    return tuple(filter(None, (_published(plan), _grouping(plan), _dates(plan))))


def assumed_fields(plan: Plan) -> Mapping[str, int]:
    """How many initiatives rest on an assumption, field by field, the most frequent first."""
    return dict(Counter(field for one in plan.titled for field in one.assumed).most_common())


def _are(number: int, word: Wording) -> str:
    return f"is a {word.label}" if number == 1 else f"are {word.label}s"


def _published(plan: Plan) -> str:
    """What was found in public, as long as that is all there is: the first official title says more."""
    if not plan.count(Wording.WORKING) or plan.count(Wording.OFFICIAL):
        return ""
    return (
        f"ASEAN has published, word for word, the titles of the {counted(len(plan.measures), 'strategic measure')} and"
        f" of the {counted(len(plan.activities), 'activity', 'activities')}, and the number of"
        f" {plan.expected_counts.initiatives} strategic initiatives. The list of the initiatives, their numbers, leads,"
        " champions, dates and deliverables were not found in public."
    )


def _grouping(plan: Plan) -> str:
    if not any("grouping" in one.assumed for one in plan.activities):
        return ""
    counts = [sum(one.measure == measure.key for one in plan.activities) for measure in plan.measures]
    ours = [one.code for one in plan.titled if one.wording is not Wording.OFFICIAL]
    codes = "all codes" if len(ours) == len(plan.titled) else "the codes of titles that are not official"
    return (
        f"Which activity belongs to which measure ({'-'.join(map(str, counts))}) is assumed, since the ASEAN page lists"
        f" them apart{f'; so are {codes}, such as {ours[0]}' if ours else ''}."
    )


def _dates(plan: Plan) -> str:
    assumed = [one.due for one in plan.titled if one.due_is_assumed]
    if not assumed:
        return ""
    told = f"{len(assumed)} of {len(plan.titled)} due dates are assumed and are nobody's forecast"
    by_rule = all((due.month, due.day) == END_OF_YEAR for due in assumed)
    return f"{told}: by one mechanical rule each is the end of a year of the plan." if by_rule else f"{told}."
