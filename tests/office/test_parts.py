"""The check of an Office file's parts finds what it is for."""

import zipfile
from io import BytesIO

import pytest

from tests.office.parts import faults

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="r"/><Override PartName="/a.xml" ContentType="a"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="t" Target="a.xml"/>'
    '<Relationship Id="r2" Type="t" Target="https://example.org" TargetMode="External"/></Relationships>'
)
WHOLE = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "a.xml": "<a/>"}


def packed(parts):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def test_a_whole_file_has_no_fault():
    assert [] == faults(packed(WHOLE))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"a.xml": "<a>"}, "a.xml is not well-formed"),
        ({"b.bin": "x"}, "b.bin has no content type"),
        ({"_rels/.rels": RELATIONS.replace('"a.xml"', '"gone.xml"')}, "_rels/.rels leads to gone.xml"),
        ({"_rels/.rels": RELATIONS.replace("r2", "r1")}, "has the key r1 twice"),
        ({"[Content_Types].xml": TYPES.replace("/a.xml", "/gone.xml")}, "gone.xml has a content type and is not there"),
    ],
)
def test_each_fault_is_named(change, fault):
    assert any(fault in one for one in faults(packed(WHOLE | change)))
