"""What was said on an initiative, party by party: the sentence that explains the figure, then every statement."""

from html import escape

from models.core.text import counted, day
from models.core.vocabulary import Kind, Status
from models.figures.dossier import Dossier
from models.figures.explain import Said, explain, what_was_said
from models.people.visibility_rules import Detail, Display, shows
from models.progress.history import EvidenceLine, Spoken
from pages.shared.links import link, outside_link
from pages.shared.markup import flowing, fold, section
from reports.parts.naming import party_name


def everything_said(found: Dossier, opened: str) -> str:
    """One fold per party that spoke, open for the one asked for or the only one there is."""
    parties = [party for party in found.initiative.parties if found.of(party)]
    if not parties:
        return ""
    folds = "".join(_party(found, party, opened=party == opened or len(parties) == 1) for party in parties)
    title = f"What was said: {counted(len(found.spoken), 'statement')} by {counted(len(parties), 'party', 'parties')}"
    told = "The newest first. Statements are those of the body or state, not of a person."
    return section(title, told + _left_to_others(found.display), content=folds)


def _left_to_others(display: Display) -> str:
    """What a visitor does not find here, and how to."""
    if shows(display, Detail.NARRATIVE):
        return ""
    return " You read status, dates and the evidence opened to visitors; the words are for those who sign in."


def _party(found: Dossier, party: str, *, opened: bool) -> str:
    said = found.of(party)
    summary = f"{party_name(found.plan, party)}: {counted(len(said), 'statement')}, last of {day(said[0].valid_on)}"
    told = f'<p class="t-lead">{flowing(_explained(found, party))}</p>' if found.standing else ""
    return fold(summary, told + "".join(_statement(one, found) for one in said), opened=opened)


def _explained(found: Dossier, party: str) -> str:
    """Why the figure is what it is; from the statement that counts, and the last different one before it."""
    assert found.standing is not None  # noqa: S101  # the caller asks only then
    rows = {one.party: one.statement for one in found.standing.commitments}
    latest = rows.get(party)
    said = [one for one in found.of(party) if one.status]
    counting = next((one for one in said if latest and one.row == latest.row), None)
    if counting is None:
        return _left_out(said, found)
    earlier = next((one for one in said[said.index(counting) + 1 :] if one.stands and _differs(one, counting)), None)
    return explain(_as_said(counting, found), _as_said(earlier, found) if earlier else None, found.plan)


def _left_out(said: list[Spoken], found: Dossier) -> str:
    """Why nothing that the party said counts."""
    newest = next((one for one in said if one.stands), None)
    if newest and newest.status is Status.NOT_APPLICABLE:
        return f"{explain(_as_said(newest, found), None, found.plan)} It is left out of every figure."
    return "Nothing of it counts in this view."


def _differs(one: Spoken, other: Spoken) -> bool:
    return (one.status, one.percent) != (other.status, other.percent)


def _as_said(one: Spoken, found: Dossier) -> Said:
    speaker, status = party_name(found.plan, one.speaker), one.status or Status.NOT_STARTED
    return Said(speaker, status, one.percent, one.valid_on, one.submitted_on, one.cleared_on)


def _statement(one: Spoken, found: Dossier) -> str:
    gone = "" if one.stands else " t-gone"
    lines = (
        ("", one.narrative),
        (f"Obstacle ({one.obstacle_kind.label.lower()}): " if one.obstacle_kind else "Obstacle: ", one.obstacles),
        ("Support needed: ", one.support_needed),
        ("Next step: ", one.next_step),
        ("Proposed due date: ", day(one.proposed_due) if one.proposed_due else None),
    )
    told = "".join(f"<p>{escape(label + text)}</p>" for label, text in lines if text)
    return (
        f'<div class="t-statement{gone}"><p class="t-head">{day(one.valid_on)}: {flowing(_headline(one))}</p>'
        f'<p class="t-note">{escape(_life(one, found))}</p>{told}{_evidence(one.evidence)}</div>'
    )


def _headline(one: Spoken) -> str:
    if one.kind is Kind.UPDATE and one.status:
        return what_was_said(one.status, one.percent)
    return one.kind.label.lower()


def _life(one: Spoken, found: Dossier) -> str:
    moments = (
        ("submitted", one.submitted_on),
        ("cleared", one.cleared_on),
        ("returned", one.returned_on),
        ("withdrawn", one.withdrawn_on),
    )
    steps = [f"{word} {day(on)}" for word, on in moments if on]
    steps += ["replaced by a later statement"] if one.replaced_by else []
    steps += ["not yet cleared"] if one.stands and one.cleared_on is None and one.kind is not Kind.NIL else []
    people = (("written by", one.author), ("cleared by", one.cleared_by))
    steps += [f"{word} {name}" for word, name in people if name]
    return f"By {party_name(found.plan, one.speaker)}; {', '.join(steps)}"


def _evidence(lines: tuple[EvidenceLine, ...]) -> str:
    told = "; ".join(_evidence_line(line) for line in lines)
    return f'<p class="t-note">Evidence: {told}</p>' if told else ""


def _evidence_line(line: EvidenceLine) -> str:
    name = ", ".join(filter(None, (line.title, line.document))) or line.url or ""
    if line.file is not None:
        return link(f"./api/evidence/{line.file}", escape(name))
    return outside_link(line.url, name) if line.url else escape(name)
