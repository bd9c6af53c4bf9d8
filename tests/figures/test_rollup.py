"""A part of the plan, chosen by tags."""

from datetime import date

from models.core.vocabulary import Grouping
from models.figures.rollup import Filter, apply_filter, assess, roll_up
from tests.kit.builders import changed, tiny_plan

DAY = date(2027, 6, 30)


def tagged():
    """I01 carries a theme and a right, I02 the right alone."""
    plan = changed(tiny_plan(), "I01", themes=("area-youth",), ip_rights=("patents",))
    return assess(changed(plan, "I02", ip_rights=("patents",)), {}, as_of=DAY)


def keys(theme="", ip_right=""):
    return [standing.key for standing in apply_filter(tagged(), Filter(theme, ip_right)).standings]


def test_nothing_asked_for_keeps_everything():
    assert keys() == ["I01", "I02", "I03"]


def test_both_tags_must_stand():
    assert keys(ip_right="patents") == ["I01", "I02"]
    assert keys(theme="area-youth", ip_right="patents") == ["I01"]
    assert keys(theme="area-women", ip_right="patents") == []


def test_what_is_left_out_is_not_called_excluded():
    (figures,) = roll_up(apply_filter(tagged(), Filter(theme="area-youth")), Grouping.PLAN)

    assert (figures.in_scope, figures.excluded) == (1, 0)


def test_the_part_knows_only_its_own_initiatives():
    whole = tagged()
    assert "I03" in whole.plan.initiative

    assert list(apply_filter(whole, Filter(theme="area-youth")).plan.initiative) == ["I01"]
