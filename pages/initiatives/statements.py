"""What was reported on an initiative, party by party: the sentence that explains the figure, then every statement."""

from collections.abc import Sequence

import htpy as h
from htpy import Node

from models.core.text import counted, day
from models.core.vocabulary import Kind, Status
from models.figures.dossier import Dossier
from models.figures.explain import Said, explain, what_was_said
from models.people.visibility_rules import Detail, shows
from models.progress.history import EvidenceLine, Spoken
from pages.initiatives import text
from pages.shared.links import link, outside_link
from pages.shared.markup import flowing, fold, lead, note, section
from reports.parts.naming import party_name


def all_statements(dossier: Dossier, opened: str) -> Node:
    """One fold for each party with a statement; open for the party in the address, or the only party."""
    parties = [party for party in dossier.initiative.parties if dossier.of(party)]
    if not parties:
        return None
    folds = [_party(dossier, party, opened=party == opened or len(parties) == 1) for party in parties]
    statements, speakers = counted(len(dossier.spoken), "statement"), counted(len(parties), "party", "parties")
    remark = text.STATEMENTS_NOTE + ("" if shows(dossier.display, Detail.NARRATIVE) else text.VISITORS)
    return section(text.STATEMENTS.format(statements=statements, parties=speakers), remark, content=folds)


def _party(dossier: Dossier, party: str, *, opened: bool) -> Node:
    rows = dossier.of(party)
    name, number, latest = party_name(dossier.plan, party), counted(len(rows), "statement"), day(rows[0].valid_on)
    summary = text.PARTY.format(party=name, statements=number, day=latest)
    explained = lead(flowing(_explained(dossier, party))) if dossier.standing else None
    return fold(summary, [explained, [_statement(row, dossier) for row in rows]], opened=opened)


def _explained(dossier: Dossier, party: str) -> str:
    """Why the figure is what it is; from the statement that counts, and the last different one before it."""
    current = {row.party: row.statement for row in dossier.standing.commitments} if dossier.standing else {}
    latest = current.get(party)
    updates = [row for row in dossier.of(party) if row.status]
    counting = next((row for row in updates if latest and row.row == latest.row), None)
    if counting is None:
        return _left_out(updates, dossier)
    before = updates[updates.index(counting) + 1 :]
    earlier = next((row for row in before if row.stands and _differs(row, counting)), None)
    return explain(_as_said(counting, dossier), _as_said(earlier, dossier) if earlier else None, dossier.plan)


def _left_out(updates: Sequence[Spoken], dossier: Dossier) -> str:
    """Why no statement of the party counts."""
    newest = next((row for row in updates if row.stands), None)
    if newest and newest.status is Status.NOT_APPLICABLE:
        return f"{explain(_as_said(newest, dossier), None, dossier.plan)} {text.LEFT_OUT}"
    return text.NOTHING_COUNTS


def _differs(row: Spoken, other: Spoken) -> bool:
    return (row.status, row.percent) != (other.status, other.percent)


def _as_said(row: Spoken, dossier: Dossier) -> Said:
    speaker, status = party_name(dossier.plan, row.speaker), row.status or Status.NOT_STARTED
    return Said(speaker, status, row.percent, row.valid_on, row.submitted_on, row.cleared_on)


def _statement(row: Spoken, dossier: Dossier) -> Node:
    lines = (
        ("", row.narrative),
        (f"Obstacle ({row.obstacle_kind.label.lower()}): " if row.obstacle_kind else "Obstacle: ", row.obstacles),
        ("Support needed: ", row.support_needed),
        ("Next step: ", row.next_step),
        ("Proposed due date: ", day(row.proposed_due) if row.proposed_due else None),
    )
    return h.div(class_=["t-statement", not row.stands and "t-gone"])[
        h.p(".t-head")[f"{day(row.valid_on)}: {flowing(_headline(row))}"],
        note(_life(row, dossier)),
        [h.p[label + words] for label, words in lines if words],
        _evidence(row.evidence),
    ]


def _headline(row: Spoken) -> str:
    if row.kind is Kind.UPDATE and row.status:
        return what_was_said(row.status, row.percent)
    return row.kind.label.lower()


def _life(row: Spoken, dossier: Dossier) -> str:
    moments = (
        ("submitted", row.submitted_on),
        ("cleared", row.cleared_on),
        ("returned", row.returned_on),
        ("withdrawn", row.withdrawn_on),
    )
    steps = [f"{word} {day(moment)}" for word, moment in moments if moment]
    steps += [text.REPLACED] if row.replaced_by else []
    steps += [text.NOT_CLEARED] if row.stands and row.cleared_on is None and row.kind is not Kind.NIL else []
    people = (("written by", row.author), ("cleared by", row.cleared_by))
    steps += [f"{word} {name}" for word, name in people if name]
    return f"By {party_name(dossier.plan, row.speaker)}; {', '.join(steps)}"


def _evidence(lines: Sequence[EvidenceLine]) -> Node:
    if not lines:
        return None
    return note(["Evidence: ", [["; " if number else None, _evidence_line(line)] for number, line in enumerate(lines)]])


def _evidence_line(line: EvidenceLine) -> Node:
    name = ", ".join(filter(None, (line.title, line.document))) or line.url or ""
    if line.file is not None:
        return link(f"./api/evidence/{line.file}", name)
    return outside_link(line.url, name) if line.url else name
