"""The blocks of an initiative's page as HTML: its words, its standing, its commitments, what it rests on."""

from html import escape
from math import floor

from models.access.view_choice import Asked
from models.core.text import day, listed
from models.core.vocabulary import Scope
from models.figures.dossier import Dossier
from models.figures.explain import what_was_said
from models.figures.health_label import shown
from models.figures.standing import CommitmentStanding
from models.plan.schema import Initiative, Plan
from pages.shared.drawn import progress
from pages.shared.links import address, initiative_address, link, outside_link
from pages.shared.markup import facts, flowing, fold, health, note, section, tag
from pages.shared.named import named
from pages.shared.tables import Column, table
from reports.parts.headlines import NOTHING
from reports.parts.marks import Progress
from reports.parts.naming import party_name, wording_tag
from reports.parts.sums import completion_rule, initiative_sums


def place(found: Dossier, asked: Asked) -> str:
    """Where in the plan it stands."""
    activity = next(one for one in found.plan.activities if one.key == found.initiative.activity)
    measure = next(one for one in found.plan.measures if one.key == found.initiative.measure)
    trail = f"{escape(measure.code)} {escape(measure.short_title)} › {escape(activity.code)} {escape(activity.title)}"
    return f'<p class="t-note">{link(address("", asked), "Overview")} › {trail}</p>'


def facts_of(found: Dossier) -> str:
    """Who, when, how far; what is our assumption says so."""
    one, plan = found.initiative, found.plan
    themes = {theme.key: theme.title for theme in plan.themes} | {right.key: right.title for right in plan.ip_rights}
    return facts(
        (
            ("Wording", tag(wording_tag(one)) or "official text"),
            ("Code", f"{escape(one.code)}{tag('unofficial')}"),
            ("Lead", _assumed(one, "lead", one.lead)),
            ("Supporting", escape(listed(one.supporting))),
            ("Champion", _assumed(one, "champions", listed([party_name(plan, key) for key in one.champions]))),
            ("Scope", _assumed(one, "scope", _scope(one))),
            ("Start", _assumed(one, "start", day(one.start))),
            ("Due", _assumed(one, "due", _due(found))),
            ("Rule of completion", escape(completion_rule(one))),
            ("Themes and IP rights", escape(listed([themes[key] for key in (*one.themes, *one.ip_rights)]))),
        )
    )


def standing(found: Dossier) -> str:
    """How it stands on the day, and how the figures come about."""
    now = found.standing
    if now is None:
        return section("Not counted on this day", _why_out(found))
    if not now.reported:
        return section("No report yet", _next(found))
    expected = floor(now.expected)
    bar = progress(Progress(floor(now.percent), expected, now.initiative.due_is_assumed))
    told = f'<p class="t-stands">{health(shown(now))}<span class="t-progress">{bar}</span></p>'
    p, e = initiative_sums(now)
    sums = f'<p class="t-sum">{flowing(p)}.<br>{flowing(e)}, from its dates{_dates_note(now.initiative)}.</p>'
    return section(
        "How it stands",
        f"{now.reported} of {len(now.commitments)} commitments reported.",
        content=told + fold("Why these figures", sums),
    )


def commitments(found: Dossier, asked: Asked) -> str:
    """Who must deliver it, and the status each reported last."""
    if found.standing is None:
        return ""
    due = "Due (assumed)" if found.initiative.due_is_assumed else "Due"
    columns = [
        Column("Party"),
        Column("Status"),
        Column("Health"),
        Column(due, numeric=True),
        Column("Last statement", numeric=True),
    ]
    rows = (_commitment(one, found.plan, asked) for one in found.standing.commitments)
    return section(_commitments_title(found), _left_out(found), content=table("Commitments", columns, rows))


def sources(found: Dossier) -> str:
    """What title and placing rest on, word for word."""
    one = found.initiative
    quotes = "".join(f'<blockquote class="t-quote">“{escape(quote)}”</blockquote>' for quote in one.source_quotes)
    told = [
        quotes,
        note("The quote stands in the older half of the source: the plan before may have closed it.")
        if one.older_text
        else "",
        note(one.source_note) if one.source_note else "",
        f'<p class="t-note">Source: {outside_link(one.source, one.source)}</p>' if one.source else "",
    ]
    return section("What the words rest on", content="".join(told)) if any(told) else ""


def no_such(plan: Plan, key: str, asked: Asked) -> str:
    """A plain sentence for an address that names no initiative, and the way to all that there are."""
    told = f"There is no initiative “{key}” in this edition of the plan." if key else "Choose an initiative."
    rows = ([named(one, asked), escape(one.code), escape(one.lead)] for one in plan.titled)
    columns = [Column("Initiative"), Column("Code"), Column("Lead (assumed)")]
    return f'<p class="t-lead">{escape(told)}</p>' + table("All initiatives", columns, rows)


def _assumed(initiative: Initiative, field: str, text: str) -> str:
    return f"{escape(text)}{tag('assumed') if field in initiative.assumed else ''}" if text else ""


def _scope(initiative: Initiative) -> str:
    regional = initiative.scope is Scope.REGIONAL
    return "Regional: ASEAN together" if regional else f"National: each of {len(initiative.states)} member states"


def _due(found: Dossier) -> str:
    now = found.standing
    if now is None or now.due == now.original_due:
        return day(now.due if now else found.initiative.due)
    return f"{day(now.due)}, first {day(now.original_due)}"


def _why_out(found: Dossier) -> str:
    out = found.initiative.exit
    if out and out.on <= found.as_of:
        return f"Out of force since {day(out.on)}: {out.reason}"
    if found.as_of < found.initiative.in_force_from:
        return f"In force from {day(found.initiative.in_force_from)}."
    return "Every party has reported it as not applicable."


def _next(found: Dossier) -> str:
    meeting = found.next_meeting
    return f"The next meeting is {meeting.name}, {day(meeting.start)}." if meeting else ""


def _dates_note(initiative: Initiative) -> str:
    return ", which are assumed" if initiative.due_is_assumed else ""


def _commitments_title(found: Dossier) -> str:
    assert found.standing is not None  # noqa: S101  # asked for only where it is counted
    ones = found.standing.commitments
    if len(ones) == 1:
        return "One commitment: ASEAN together"
    done, silent = sum(one.completed for one in ones), sum(one.statement is None for one in ones)
    if silent == len(ones):
        return f"{len(ones)} commitments, none reported yet"
    return f"{done} of {len(ones)} commitments completed" + (f", {silent} without a report" if silent else "")


def _left_out(found: Dossier) -> str:
    """The parties that have reported the initiative as not applicable to them."""
    assert found.standing is not None  # noqa: S101  # as above
    counted = {one.party for one in found.standing.commitments}
    left = [party_name(found.plan, party) for party in found.initiative.parties if party not in counted]
    return f"Not counted, as not applicable or not yet taking part: {listed(left)}." if left else ""


def _commitment(one: CommitmentStanding, plan: Plan, asked: Asked) -> list[str]:
    said = one.statement
    status = what_was_said(said.status, said.percent).capitalize() if said else "No report"
    party = link(initiative_address(one.initiative.key, asked, one.party), escape(party_name(plan, one.party)))
    return [party, flowing(status), health(shown(one)), day(one.due), day(said.valid_on) if said else NOTHING]
