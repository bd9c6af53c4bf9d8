"""Office files whose bytes depend on nothing but the report: no clock, no time zone, no machine.

A Word, Excel or PowerPoint file is a zip, which carries the moment of writing with each part, and again in
its properties. Both become the moment of the snapshot. The same release, snapshot and settings give the same bytes;
another release of a library or of zlib may compress differently.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PROPERTIES = "docProps/core.xml"
EMBEDDED = (".xlsx", ".docx", ".pptx")
"""Office files within an Office file: the workbook behind a chart is one."""
_MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*(</dcterms:)")
_LEVEL, _UNIX, _READABLE = 6, 3, 0o644 << 16


def fixed(
    data: bytes, made_at: datetime, change: Callable[[str, bytes], bytes] = lambda _name, content: content
) -> bytes:
    """Return the file as if written at the moment of the report, in UTC because a zip has no time zone.

    `change` is given the name and content of each part before it is written.
    """
    moment = made_at.astimezone(UTC)
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as target:
        for name in source.namelist():
            target.writestr(_entry(name, moment), _fixed_part(name, change(name, source.read(name)), moment))
    return buffer.getvalue()


def _entry(name: str, moment: datetime) -> ZipInfo:
    entry = ZipInfo(name, moment.timetuple()[:6])
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, _UNIX, _READABLE
    return entry


def _fixed_part(name: str, content: bytes, moment: datetime) -> bytes:
    if name == PROPERTIES:
        stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        return _MOMENTS.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
    return fixed(content, moment) if name.endswith(EMBEDDED) else content
