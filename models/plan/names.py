"""The names of the plan's states, bodies and activities as people write them, for every door.

The plan's own names come first: keys, full and formal names, and the codes of ISO 3166 with two and three letters.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from models.core.names import Names, name_table
from models.plan.schema import Plan
from models.plan.source import RawPlan

EVERYDAY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "BN": ("Brunei", "Negara Brunei Darussalam"),
        "LA": ("Laos", "Lao"),
        "MM": ("Burma",),
        "PH": ("Philippine",),
        "TL": ("East Timor", "Timor"),
        "VN": ("Vietnam",),
        "TMTF": ("Trademark Task Force",),
        "PTF": ("Patents Task Force",),
        "IDTF": ("Industrial Designs Task Force",),
        "TISC": ("TISC Network",),
    }
)
"""Names in common use that the plan does not contain, by key; each means one state or body only."""

NAMED_BY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "states": ("name", "formal_name", "alpha3"),
        "bodies": ("name",),
        "partners": ("name", "abbreviation"),
        "activities": ("code", "title"),
        "measures": ("code", "title", "short_title"),
        "initiatives": ("code",),
        "themes": ("title",),
        "ip_rights": ("title",),
    }
)
"""The fields that name the items of a list of the plan, besides their key."""


def plan_names(plan: Plan, kind: str) -> Names:
    """The names of the items of a list of the plan."""
    return _table(kind, (item.model_dump(include={"key", *NAMED_BY.get(kind, ())}) for item in getattr(plan, kind)))


def raw_names(raw: RawPlan, kind: str) -> Names:
    """The same of a plan that is not checked yet."""
    return _table(kind, (item.values for item in raw.items_of(kind) if isinstance(item.get("key"), str)))


def party_names(plan: Plan) -> Names:
    """The names of everybody who can deliver or speak: states and bodies."""
    return {**plan_names(plan, "bodies"), **plan_names(plan, "states")}


def _table(kind: str, items: Iterator[Mapping[str, Any]]) -> Names:
    return name_table((item["key"], _names(item, kind)) for item in items)


def _names(item: Mapping[str, Any], kind: str) -> Iterator[str]:
    own = [name for field in NAMED_BY.get(kind, ()) if isinstance(name := item.get(field), str)]
    yield from (*own, *EVERYDAY.get(item["key"], ()))
    if kind in {"activities", "measures"}:
        yield " ".join(own[:2])
