#!/usr/bin/env python3
"""Draws assets/icon.png, the icon of the packages: an inverted residual, narrow, wide, narrow, with its shortcut. Needs nothing but Python."""
import pathlib
import struct
import zlib

SIZE = 128
SAMPLES = 4  # per pixel and axis
BACKGROUND, BAR, SHORTCUT = (38, 70, 128), (255, 255, 255), (255, 183, 77)


def in_rectangle(x, y, left, top, right, bottom, radius):
    dx = max(left + radius - x, x - right + radius, 0)
    dy = max(top + radius - y, y - bottom + radius, 0)
    return left <= x <= right and top <= y <= bottom and dx * dx + dy * dy <= radius * radius


def in_shortcut(x, y):
    """A band that leaves the lower bar to the right, goes up around the wide one, and comes back to the upper bar."""
    return in_rectangle(x, y, 40, 25, 116, 103, 14) and not in_rectangle(x, y, 40, 32, 109, 96, 8) and x >= 70


def color_at(x, y):
    if not in_rectangle(x, y, 0, 0, SIZE, SIZE, 24):
        return (0, 0, 0, 0)
    bars = ((26, 21, 70, 37), (14, 55, 96, 73), (26, 91, 70, 107))
    if any(in_rectangle(x, y, *bar, 5) for bar in bars):
        return (*BAR, 255)
    return (*(SHORTCUT if in_shortcut(x, y) else BACKGROUND), 255)


def pixel(column, row):
    sub = [color_at(column + (i + 0.5) / SAMPLES, row + (j + 0.5) / SAMPLES) for i in range(SAMPLES) for j in range(SAMPLES)]
    alpha = sum(s[3] for s in sub)
    color = [round(sum(s[c] * s[3] for s in sub) / alpha) if alpha else 0 for c in range(3)]
    return bytes((*color, round(alpha / len(sub))))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


rows = b"".join(b"\0" + b"".join(pixel(column, row) for column in range(SIZE)) for row in range(SIZE))
png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
(pathlib.Path(__file__).parent.parent / "assets" / "icon.png").write_bytes(png)
