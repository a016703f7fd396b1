#!/usr/bin/env python3
"""Measures PyTorch on the same work as the benchmark "pipeline": images from files to the features of a MobileNetV2.

Runs PyTorch as its users run it, or not at all: the matrix product must come from a fast BLAS (on Debian install libopenblas0-pthread), memory
is not given back to the system between steps, tensors are channels-last, denormal numbers are flushed, and ten batches warm it up.

    python3 pytorch_inference.py --images <folder> [--width 1.0] [--size 224] [--batch 16] [--threads 2] [--rounds 5]
"""
import argparse
import json
import os
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor

MALLOC = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "100000000000"}
LEAST_GFLOPS = 20
WARM_UP_BATCHES = 10


def restart_with_malloc_settings():
    """The allocator reads its settings when the process starts."""
    if any(os.environ.get(name) != value for name, value in MALLOC.items()):
        os.environ.update(MALLOC)
        os.execv(sys.executable, [sys.executable, *sys.argv])


def check_blas(torch):
    a = torch.rand(1280, 1280)

    def measure():
        start = time.perf_counter()
        torch.mm(a, a)
        return 2 * 1280 ** 3 / (time.perf_counter() - start) / 1e9

    gflops = max(measure() for _ in range(10))
    if gflops < LEAST_GFLOPS:
        sys.exit(f"torch.mm reaches {gflops:.1f} GFLOP/s; expected at least {LEAST_GFLOPS}. Install a fast BLAS, for example libopenblas0-pthread.")
    return gflops


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", required=True)
    parser.add_argument("--width", type=float, default=1.0)
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    restart_with_malloc_settings()

    import torch
    from PIL import Image
    from torchvision.models import mobilenet_v2
    from torchvision.transforms import functional

    torch.set_num_threads(arguments.threads)
    torch.set_flush_denormal(True)
    gflops = check_blas(torch)
    model = mobilenet_v2(width_mult=arguments.width, num_classes=10).eval().to(memory_format=torch.channels_last)
    paths = sorted(os.path.join(arguments.images, name) for name in os.listdir(arguments.images))

    def load(path):
        image = Image.open(path)
        image.draft("RGB", (int(arguments.size * 256 / 224),) * 2)
        image = functional.center_crop(functional.resize(image.convert("RGB"), round(arguments.size * 256 / 224)), [arguments.size] * 2)
        return functional.to_tensor(image) * 2 - 1

    def features(batch):
        return model.features(batch.contiguous(memory_format=torch.channels_last)).mean((2, 3))

    def run_pipeline(pool):
        for start in range(0, len(paths), arguments.batch):
            features(torch.stack(list(pool.map(load, paths[start:start + arguments.batch]))))
        return len(paths)

    def run_network(batch):
        for _ in range(len(paths) // arguments.batch):
            features(batch)
        return len(paths) // arguments.batch * arguments.batch

    def rate(run):
        start = time.perf_counter()
        count = run()
        return count / (time.perf_counter() - start)

    with torch.inference_mode(), ThreadPoolExecutor(arguments.threads) as pool:
        batch = torch.rand(arguments.batch, 3, arguments.size, arguments.size)
        for _ in range(WARM_UP_BATCHES):
            features(batch)
        run_pipeline(pool)
        rounds = [(rate(lambda: run_pipeline(pool)), rate(lambda: run_network(batch))) for _ in range(arguments.rounds)]

    pipeline, network = zip(*rounds)
    print(json.dumps({
        "torch": torch.__version__,
        "width_multiplier": arguments.width,
        "input_size": arguments.size,
        "batch": arguments.batch,
        "threads": arguments.threads,
        "matrix_product_gflops": round(gflops, 1),
        "pipeline_images_per_second": round(statistics.median(pipeline), 1),
        "network_images_per_second": round(statistics.median(network), 1),
    }))


if __name__ == "__main__":
    main()
