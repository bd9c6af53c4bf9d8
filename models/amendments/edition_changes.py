"""What each edition changed against the one before it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlmodel import Session

from models.amendments.diff import Change, changes_between
from models.plan.editions import LoadedEdition, list_editions, plan_of


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """One edition with what it changed; the first one changed nothing, since nothing stood before it."""

    edition: LoadedEdition
    changes: tuple[Change, ...]


def edition_changes(session: Session, known_at: datetime) -> tuple[EditionChanges, ...]:
    """Every edition loaded up to the moment, in the order of loading; the first one if none was."""
    editions = list_editions(session)
    known = [one for one in editions if one.loaded_at <= known_at] or list(editions[:1])
    plans = [plan_of(session, one) for one in known]
    found = [(), *(changes_between(before, after) for before, after in pairwise(plans))]
    return tuple(map(EditionChanges, known, found))
