"""The printed method: whole, and with the settings of the edition."""

from models.core.vocabulary import Health
from models.figures.method_text import METHOD_VERSION, method
from models.plan.schema_parts import Settings


def words():
    return {term: meaning for part in method(Settings(at_risk_points=15)) for term, meaning in part.entries}


def test_it_carries_the_version_of_its_first_line():
    assert METHOD_VERSION == 1


def test_every_paragraph_became_an_entry():
    from models.figures.method_text import _TEXT

    assert sum(len(part.entries) for part in method(Settings())) == _TEXT.count("\n**")
    assert all(part.title and part.entries for part in method(Settings()))


def test_the_settings_are_written_out():
    assert words()["At risk"] == "Progress is 15 points or more behind what is expected."
    assert "Asia/Jakarta" in words()["Day and knowledge"]
    assert not any("{" in meaning for meaning in words().values())


def test_every_word_of_health_is_explained_in_the_order_of_its_rules():
    part = next(part for part in method(Settings()) if part.title.startswith("Health"))

    assert [term.lower() for term, _ in part.entries] == [health.label for health in Health]
