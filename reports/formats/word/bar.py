"""Progress as a small picture: a filled bar, and a tick for what is expected, hollow on assumed dates."""

import struct
import zlib

from reports.parts.marks import Progress

WIDTH, HEIGHT, EDGE = 400, 54, 14
"""In pixels; the edge above and below the bar is free for the tick."""
TICK = 7
"""Half the width of the tick, in pixels."""
PAPER, FILL, REST, INK = (bytes.fromhex(colour) for colour in ("ffffff", "1c5aa8", "d9dde4", "1a1a1a"))


def bar_picture(mark: Progress) -> bytes:
    """Return a PNG; it is drawn by lines, because there are only three kinds of line."""
    outside, inside = _line(mark, within=False), _line(mark, within=True)
    edge = _tick_end(mark) if mark.expected is not None and mark.expected_is_assumed else outside
    lines = [edge] * 2 + [outside] * (EDGE - 2) + [inside] * (HEIGHT - 2 * EDGE) + [outside] * (EDGE - 2) + [edge] * 2
    header = struct.pack(">2I5B", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    parts = (_part(b"IHDR", header), _part(b"IDAT", pixels), _part(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _line(mark: Progress, *, within: bool) -> bytes:
    filled = WIDTH * (mark.percent or 0) // 100
    colours = [FILL] * filled + [REST] * (WIDTH - filled) if within else [PAPER] * WIDTH
    if mark.expected is not None:
        left, right = _tick(mark)
        hollow = mark.expected_is_assumed
        colours[left:right] = [INK] * (right - left)
        if hollow:
            colours[left + 3 : right - 3] = [PAPER] * (right - left - 6)
    return b"".join(colours)


def _tick_end(mark: Progress) -> bytes:
    """Closes the frame of a hollow tick above and below."""
    left, right = _tick(mark)
    return b"".join([PAPER] * left + [INK] * (right - left) + [PAPER] * (WIDTH - right))


def _tick(mark: Progress) -> tuple[int, int]:
    """Left and right edge of the tick; a solid one is thinner, so that both have the same weight."""
    half = TICK if mark.expected_is_assumed else TICK // 2
    middle = min(max(WIDTH * (mark.expected or 0) // 100, half), WIDTH - half)
    return middle - half, middle + half


def _part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
