"""Names as people write them, alone and in lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.core.names import key_of, name_table, nearest, split_names

NAMED = {
    "VN": ["Viet Nam", "Socialist Republic of Viet Nam"],
    "LA": ["Lao PDR", "Lao People's Democratic Republic"],
    "PH": ["Philippines"],
    "TL": ["Timor-Leste"],
    "TISC": ["Technology and Innovation Support Center Network"],
    "DUO": ["Patents, Marks & Designs Group"],
}
NAMES = name_table(NAMED.items())


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("vn", "VN"),
        ("VIET NAM", "VN"),
        ("Viet\u00a0Nam", "VN"),
        ("Viet-Nam", "VN"),
        ("Việt Nam", "VN"),
        ("Lao P.D.R.", "LA"),
        ("Lao People’s Democratic Republic", "LA"),
        ("the Philippines", "PH"),
        ("Timor Leste\u200b", "TL"),
        ("Timor–Leste", "TL"),
        ("Viet Nam (VN)", "VN"),
        ("VN (Viet Nam)", "VN"),
        ("Viet Nam (PH)", None),
        ("Viet", None),
        ("", None),
    ],
)
def test_a_name_is_recognised_however_it_is_written(name, key):
    assert key == key_of(name, NAMES)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Viet Nam, Philippines", ["VN", "PH"]),
        ("Viet Nam; PH", ["VN", "PH"]),
        ("Viet Nam and the Philippines", ["VN", "PH"]),
        ("VN & PH", ["VN", "PH"]),
        ("VN/PH", ["VN", "PH"]),
        ("VN\nPH\r\nTL", ["VN", "PH", "TL"]),
        ("VN, PH, and TL", ["VN", "PH", "TL"]),
        ("• VN\n• PH", ["VN", "PH"]),
        ("Technology and Innovation Support Center Network, VN", ["TISC", "VN"]),
        ("VN and Patents, Marks & Designs Group and PH", ["VN", "DUO", "PH"]),
        ("Patents, Marks and Designs", ["Patents", "Marks", "Designs"]),
        ("VN,, PH;", ["VN", "PH"]),
        ("Andorra, VN", ["Andorra", "VN"]),
        ("", []),
    ],
)
def test_a_list_is_taken_apart_and_names_stay_whole(text, keys):
    assert keys == split_names(text, NAMES)


@given(
    st.lists(st.sampled_from(list(NAMED)), min_size=1),
    st.sampled_from([", ", "; ", " and ", " & ", " / ", "\n", ",\u00a0"]),
)
def test_every_list_of_names_is_read_whatever_separates_them(keys, sign):
    assert keys == split_names(sign.join(NAMED[key][-1] for key in keys), NAMES)


class CountedNames(dict[str, str]):
    """A table of names that counts how often something is looked up in it."""

    lookups = 0

    def __contains__(self, name: object) -> bool:
        self.lookups += 1
        return super().__contains__(name)


def lookups(parts: int) -> int:
    names = CountedNames(NAMES)
    split_names(", ".join(["Atlantis"] * parts), names)
    return names.lookups


def test_a_list_twice_as_long_takes_twice_the_work_and_no_more():
    assert lookups(300) - lookups(200) == lookups(200) - lookups(100)


def test_a_name_that_means_two_is_nobody_and_a_key_is_always_itself():
    names = name_table([("A", ["Office", "B"]), ("B", ["Office"])])

    assert (None, "B", "A") == (key_of("office", names), key_of("b", names), key_of("a", names))


def test_an_unknown_name_is_stated_with_the_nearest():
    assert "did you mean `VN`?" == nearest("Viet Namm", NAMES, ["VN", "PH"])
    assert "use one of VN, PH" == nearest("Atlantis", NAMES, ["VN", "PH"])
