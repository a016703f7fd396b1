"""Writes HDF5 files whose numbers went through filters: python3 make_filters.py (h5py 3.7, HDF5 1.10)."""

import zlib

import h5py
import numpy

TENSORS = {
    "block/kernel": ((9, 7, 3), (4, 3, 2), "float32"),
    "block/bias": ((130,), (64,), "float64"),
    "dense/kernel": ((61, 83), (5, 4), "float32"),
}
KINDS = {
    "chunks": {},
    "gzip": {"compression": "gzip", "compression_opts": 9},
    "gzip_shuffle": {"compression": "gzip", "shuffle": True},
    "shuffle": {"shuffle": True},
    "lzf": {"compression": "lzf"},
    "fletcher32": {"compression": "gzip", "fletcher32": True},
    "scaleoffset": {"scaleoffset": 3},
}


def values(shape, dtype):
    return (numpy.arange(numpy.prod(shape), dtype=dtype) * 0.25 - 7).reshape(shape)


def main():
    for kind, options in KINDS.items():
        with h5py.File(f"{kind}.h5", "w") as file:
            for name, (shape, chunks, dtype) in TENSORS.items():
                file.create_dataset(name, data=values(shape, dtype), chunks=chunks, **options)

    # Each chunk says that it has 64 bytes.
    for name, content in {"bomb": b"\0" * (8 << 20), "short": b"\0" * 60}.items():
        with h5py.File(f"{name}.h5", "w") as file:
            dataset = file.create_dataset("dense/kernel", (4, 4), "float32", chunks=(4, 4), compression="gzip")
            dataset.id.write_direct_chunk((0, 0), zlib.compress(content, 9))

    # 105 MB of zeros, in chunks that are as large as they say.
    with h5py.File("zeros.h5", "w") as file:
        dataset = file.create_dataset("dense/kernel", (25, 1024, 1024), "float32", chunks=(1, 1024, 1024), compression="gzip")
        zeros = zlib.compress(b"\0" * (4 << 20), 9)
        for i in range(25):
            dataset.id.write_direct_chunk((i, 0, 0), zeros)

    # A chunk that was never written.
    with h5py.File("missing.h5", "w") as file:
        dataset = file.create_dataset("dense/kernel", (8, 4), "float32", chunks=(4, 4), compression="gzip")
        dataset[0:4] = values((4, 4), "float32")

    # A chunk that a filter passed over, as HDF5 does where compression would not make it smaller.
    with h5py.File("skipped.h5", "w") as file:
        dataset = file.create_dataset("dense/kernel", (8, 4), "float32", chunks=(4, 4), compression="gzip")
        data = values((8, 4), "float32")
        dataset[0:4] = data[0:4]
        dataset.id.write_direct_chunk((4, 0), data[4:8].tobytes(), filter_mask=1)


main()
