"""An edition as JSON: printed by `plan export`, stored, and the input of its SHA-256."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from models.plan.schema import Plan

Document = dict[str, Any]

DIGEST = "sha256"
DERIVED = "out_of_force_on"


def to_document(plan: Plan) -> Document:
    """Return the whole edition with every field, ready for JSON."""
    document = plan.model_dump(mode="json")
    for row, initiative in zip(document["initiatives"], plan.initiatives, strict=True):
        row[DERIVED] = initiative.out_of_force_on.isoformat() if initiative.out_of_force_on else None
    return document


def canonical(document: Mapping[str, Any]) -> bytes:
    """Return the canonical JSON of an edition: keys sorted, no spaces, UTF-8, without its digest."""
    content = {name: value for name, value in document.items() if name != DIGEST}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def digest(plan: Plan) -> str:
    """Return the SHA-256 of the edition in hexadecimal; equal editions have equal digests."""
    return sha256(canonical(to_document(plan))).hexdigest()


def export(plan: Plan) -> Document:
    """Return the edition with its digest, as `plan export --format json` prints it."""
    document = to_document(plan)
    return {**document, DIGEST: sha256(canonical(document)).hexdigest()}


def from_document(document: Mapping[str, Any]) -> Plan:
    """Return the plan of a document; derived fields are ignored and computed again."""
    content = {name: value for name, value in document.items() if name != DIGEST}
    content["initiatives"] = [
        {name: value for name, value in row.items() if name != DERIVED} for row in content["initiatives"]
    ]
    return Plan.model_validate(content)
