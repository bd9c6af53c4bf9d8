"""The first cycle while it is too early for percentages (method.md, withheld): silence then says nothing yet."""

from models.plan.schema_parts import Day, Frozen


class EarlyCycle(Frozen):
    """Something is reported, but the first cycle's reports are not due and fewer than half of what is owed is there.

    `due` is the first day on which percentages are shown whatever was reported; None while no cycle was opened.
    """

    due: Day | None = None
