#!/usr/bin/env python3
"""Writes assets/mobilenet_v2_0.5_128_bundled.safetensors from the 32-bit weights; the metadata stay those of the file that is there.

The largest kernels of which a rounding error reaches the features with little weight become 16-bit floats: the last convolution and the expansions
of the last three blocks, which are half of the network's numbers. Everything else stays as it is.

    python3 eng/round-small-weights.py 32-bit.safetensors
"""
import json
import math
import pathlib
import struct
import sys

ASSET = pathlib.Path(__file__).parent.parent / "assets" / "mobilenet_v2_0.5_128_bundled.safetensors"
HALVES = {"features.18.0.weight", *(f"features.{block}.conv.0.0.weight" for block in (15, 16, 17))}
ALIGNMENT = 8


def read(path):
    content = pathlib.Path(path).read_bytes()
    start = 8 + struct.unpack_from("<Q", content)[0]
    header = json.loads(content[8:start])
    metadata = header.pop("__metadata__")
    return {name: (entry, content[start:][slice(*entry["data_offsets"])]) for name, entry in header.items()}, metadata


def halve(data):
    count = len(data) // 4
    return struct.pack(f"<{count}e", *struct.unpack(f"<{count}f", data))


def main(path):
    tensors, _ = read(path)
    _, metadata = read(ASSET)
    missing = HALVES - tensors.keys()
    others = [name for name, (entry, _) in tensors.items() if entry["dtype"] != "F32" and not name.endswith("num_batches_tracked")]
    if missing or others:
        sys.exit(f"Not the 32-bit weights: missing {sorted(missing)}, not F32 {others}")

    header, data = {"__metadata__": metadata}, b""
    for name in sorted((name for name in tensors if not name.endswith("num_batches_tracked")), key=lambda name: (name in HALVES, name)):
        entry, values = tensors[name]
        values = halve(values) if name in HALVES else values
        header[name] = {
            "dtype": "F16" if name in HALVES else "F32",
            "shape": entry["shape"],
            "data_offsets": [len(data), len(data) + len(values)],
        }
        assert len(values) == math.prod(entry["shape"]) * (2 if name in HALVES else 4)
        data += values

    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % ALIGNMENT)
    ASSET.write_bytes(struct.pack("<Q", len(text)) + text + data)
    print(f"{ASSET.name}: {len(text) + len(data) + 8:,} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
