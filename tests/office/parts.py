"""What an Office file is made of, held against the rules of its packaging (ECMA-376, part 2)."""

import posixpath
import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.etree import ElementTree as ET

TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
CONTENT_TYPES = "[Content_Types].xml"


def faults(content: bytes) -> list[str]:
    """Everything that is wrong with the parts of a file; an empty list for a valid one."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        names = package.namelist()
        parts = {name: package.read(name) for name in names}
    faults = [f"{name} stands twice" for name in sorted(set(names)) if names.count(name) > 1]
    trees: dict[str, ET.Element] = {}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = ET.fromstring(part)  # noqa: S314  # written by us a moment ago
            except ET.ParseError as error:
                faults.append(f"{name} is not well-formed: {error}")
    return [*faults, *_untyped(parts, trees), *_unrelated(parts, trees)]


def _untyped(parts: Mapping[str, bytes], trees: Mapping[str, ET.Element]) -> list[str]:
    """Parts without a content type, and types of parts that are not there."""
    if CONTENT_TYPES not in trees:
        return [f"{CONTENT_TYPES} is missing"]
    types = trees[CONTENT_TYPES]
    endings = {one.attrib["Extension"].lower() for one in types.iter(f"{TYPES}Default")}
    named = {one.attrib["PartName"].removeprefix("/") for one in types.iter(f"{TYPES}Override")}
    bare = {name for name in parts if name != CONTENT_TYPES and not name.endswith("/")} - named
    untyped = [name for name in sorted(bare) if name.rpartition(".")[2].lower() not in endings]
    return [f"{name} has no content type" for name in untyped] + [
        f"{name} has a content type and is not there" for name in sorted(named - parts.keys())
    ]


def _unrelated(parts: Mapping[str, bytes], trees: Mapping[str, ET.Element]) -> list[str]:
    """Relationships that lead nowhere, or share their key."""
    faults: list[str] = []
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        keys = [one.attrib["Id"] for one in tree.iter(f"{RELATIONS}Relationship")]
        faults += [f"{name} has the key {key} twice" for key in sorted(set(keys)) if keys.count(key) > 1]
        for one in tree.iter(f"{RELATIONS}Relationship"):
            target = one.attrib["Target"]
            path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if one.get("TargetMode") != "External" and path not in parts:
                faults.append(f"{name} leads to {path}, which is not there")
    return faults
