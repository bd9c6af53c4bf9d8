"""Adopting the official text as one line of the denominator ledger, however the edition came in."""

from models.core.text import counted
from models.core.vocabulary import Wording
from models.plan.schema import Plan


def adoption_line(old: Plan, new: Plan, n: tuple[int, int]) -> str:
    """What became of the slots and of N; empty when no title becomes official text.

    official text adopted: 40 slots filled, 3 new (I44, I45, I46), 3 placeholders no longer needed (I05, I09, I12);
    N stays 43
    """
    filled = [one.key for one in new.initiatives if _becomes_official(one.key, old, new)]
    if not filled:
        return ""
    new_ones = [one.key for one in new.initiatives if _is_new_text(one.key, old, new)]
    unneeded = [one.key for one in new.initiatives if _is_unneeded(one.key, old, new)]
    parts = [f"{counted(len(filled), 'slot')} filled"]
    if new_ones:
        parts.append(f"{len(new_ones)} new ({', '.join(new_ones)})")
    if unneeded:
        parts.append(f"{counted(len(unneeded), 'placeholder')} no longer needed ({', '.join(unneeded)})")
    return f"official text adopted: {', '.join(parts)}; {n_told(n)}"


def n_told(n: tuple[int, int]) -> str:
    """N stays 43; N goes from 43 to 44."""
    before, after = n
    return f"N stays {after}" if before == after else f"N goes from {before} to {after}"


def is_adopted_with(key: str, old: Plan, new: Plan) -> bool:
    """Whether the one line tells what became of the initiative, so that it has no line of its own."""
    return _is_new_text(key, old, new) or _is_unneeded(key, old, new)


def _becomes_official(key: str, old: Plan, new: Plan) -> bool:
    before = old.initiative.get(key)
    return bool(before and before.wording is not Wording.OFFICIAL and new.initiative[key].wording is Wording.OFFICIAL)


def _is_new_text(key: str, old: Plan, new: Plan) -> bool:
    return key not in old.initiative and new.initiative[key].wording is Wording.OFFICIAL


def _is_unneeded(key: str, old: Plan, new: Plan) -> bool:
    before = old.initiative.get(key)
    return bool(before and before.exit is None and new.initiative[key].never_counted)
