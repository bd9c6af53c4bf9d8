"""Office files of every kind, as small as they can be, to be renamed, locked and filled with what does not belong."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
ROOTS = {"docx": "w:document", "xlsx": "workbook", "pptx": "p:presentation"}


def relations(**targets: tuple[str, str, str]) -> str:
    """A part with relations: by their key, the type's last word, the target, and what follows."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{TYPE}/{kind}" Target="{target}" {mode}/>'
        for key, (kind, target, mode) in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def office_file(ending: str, parts: Mapping[str, str | bytes] | None = None, *, types: str = "") -> bytes:
    """An Office file of a kind, with parts and content types besides those that it needs."""
    root = ROOTS[ending]
    prefix = f":{root.partition(':')[0]}" if ":" in root else ""
    needed = {
        "[Content_Types].xml": f'<Types><Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": relations(rId1=("officeDocument", MAIN_PARTS[ending], "")),
        MAIN_PARTS[ending]: f'<{root} xmlns{prefix}="of-{ending}"/>',
    }
    return archive(needed | dict(parts or {}))


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, part in parts.items():
            # The type of an OpenDocument file is not packed, so that it can be read without unpacking.
            target.writestr(name, part, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return out.getvalue()


def compound_file(stream: str) -> bytes:
    """The beginning of a compound file with the name of a stream, as its table of contents has it."""
    return COMPOUND + bytes(504) + stream.encode("utf-16-le").ljust(64, b"\0") + bytes(448)
