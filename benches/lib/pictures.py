"""Small pictures: valid PNG files of a given size, the same for the same number."""

import random
import struct
import zlib

WIDTH = 240


def png(number: int, size: int) -> bytes:
    """A grey picture of about this many bytes. Its rows are random, and stored: no two releases of zlib, which compress
    differently, make different files of it."""
    height = max(1, size // (WIDTH + 1))
    pixels = random.Random(f"picture {number}").randbytes(WIDTH * height)
    rows = b"".join(b"\0" + pixels[row * WIDTH : (row + 1) * WIDTH] for row in range(height))
    header = struct.pack(">IIBBBBB", WIDTH, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", stored(rows)) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def stored(data: bytes) -> bytes:
    """A zlib stream that compresses nothing: one block, which holds up to 65,535 bytes."""
    return b"\x78\x01\x01" + struct.pack("<HH", len(data), len(data) ^ 0xFFFF) + data + struct.pack(">I", zlib.adler32(data))
