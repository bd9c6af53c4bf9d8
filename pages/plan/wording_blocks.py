"""The blocks of Plan on its words as HTML: what is ASEAN's, what is ours, and what each title rests on."""

from html import escape

from models.access.view_choice import Asked
from models.core.text import counted
from models.core.vocabulary import Wording
from models.plan.schema import Initiative, Measure, Plan
from pages.shared.markup import fold, section
from pages.shared.named import named
from pages.shared.sources import sources
from pages.shared.tables import Column, table
from reports.parts.edition_words import field_name
from reports.parts.wording import MEANINGS, assumed_fields, explanation

OLDER = "The quote stands in the older half of the page: the plan before may have closed it."


def explained(plan: Plan) -> str:
    """What is published and what is not."""
    told = "".join(f'<p class="t-lead">{escape(one)}</p>' for one in explanation(plan))
    return f'<div class="t-words">{told}</div>'


def counts(plan: Plan) -> str:
    """How many titles are in whose words, and how many initiatives rest on an assumption, field by field."""
    columns = [Column("Wording"), Column("Titles", numeric=True), Column("Means")]
    rows = ([word.label, str(plan.count(word)), f"<span>{escape(MEANINGS[word])}</span>"] for word in Wording)
    drawn = table("Titles by wording", columns, rows, compact=True)
    return section("Wording", content=drawn) + _assumed(plan)


def titles(plan: Plan, asked: Asked) -> str:
    """Every title that is not official text, with the words it rests on; one fold per strategic measure."""
    ours = [one for one in plan.titled if one.wording is not Wording.OFFICIAL]
    told = "Quotes are letter for letter from the ASEAN page."
    parts = (_measure(measure, [one for one in ours if one.measure == measure.key], asked) for measure in plan.measures)
    return section("What each title rests on", told, content="".join(parts)) if ours else ""


def _assumed(plan: Plan) -> str:
    found, total = assumed_fields(plan), len(plan.titled)
    if not found:
        return ""
    columns = [Column("Fact"), Column("Assumed for", numeric=True)]
    rows = ([escape(field_name(field)), f"{number} of {total}"] for field, number in found.items())
    return fold("What is assumed, fact by fact", table("Assumed facts of the initiatives", columns, rows, compact=True))


def _measure(measure: Measure, ones: list[Initiative], asked: Asked) -> str:
    if not ones:
        return ""
    columns = [Column("Initiative"), Column("Rests on"), Column("Assumed")]
    drawn = table(f"Titles of strategic measure {measure.code}", columns, (_title(one, asked) for one in ones))
    return fold(f"{measure.code} {measure.short_title}: {counted(len(ones), 'title')}", drawn)


def _title(one: Initiative, asked: Asked) -> list[str]:
    quotes = "".join(f'<span class="t-quote">“{escape(quote)}”</span>' for quote in one.source_quotes)
    older = f"{OLDER} " if one.older_text else ""
    more = f"<small>{escape(older + (one.source_note or ''))} {sources([one.source] if one.source else [])}</small>"
    assumed = ", ".join(map(field_name, one.assumed)) or "nothing"
    return [
        f"{named(one, asked)}<br><small>{escape(one.code)}</small>",
        f"<div>{quotes}{more}</div>",
        f"<small>{escape(assumed)}</small>",
    ]
