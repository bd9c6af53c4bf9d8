"""Whose words the plan is told in, before, during and after the official text is adopted."""

from datetime import date

from models.core.vocabulary import Wording
from models.plan.schema import Exit
from reports.parts.wording import explanation, wording_title
from tests.kit.builders import changed, tiny_plan


def plan_with(*wordings):
    plan = tiny_plan()
    initiatives = zip(plan.initiatives, wordings, strict=True)
    return plan.model_copy(
        update={"initiatives": tuple(one.model_copy(update={"wording": word}) for one, word in initiatives)}
    )


def test_what_asean_published_is_stated_while_that_is_all_there_is():
    text = " ".join(explanation(plan_with(Wording.WORKING, Wording.WORKING, Wording.PARAPHRASE)))

    assert "the number of 3 strategic initiatives" in text
    assert "so are all codes, such as 1.1-a" in text


def test_half_adopted_it_speaks_of_the_rest_alone():
    text = " ".join(explanation(plan_with(Wording.OFFICIAL, Wording.WORKING, Wording.WORKING)))

    assert "were not found in public" not in text
    assert "so are the codes of titles that are not official, such as 1.1-b" in text


def test_adopted_it_assumes_no_code():
    plan = plan_with(Wording.OFFICIAL, Wording.OFFICIAL, Wording.OFFICIAL)

    assert "code" not in " ".join(explanation(plan))
    assert wording_title(plan) == "All 3 titles are official text"


def test_a_placeholder_that_never_counted_is_not_counted_among_the_titles():
    left = Exit(on=date(2026, 1, 1), reason="No longer needed", decided_at="AWGIPC-80")

    assert wording_title(changed(tiny_plan(), "I01", withdrawn=left)) == "1 of 2 titles is a paraphrase"
