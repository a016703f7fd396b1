#!/usr/bin/env python3
"""Measures training steps of MobileNetV2 in PyTorch for the benchmark "training", which starts this program and asks it for a round at a time.

Runs PyTorch as its users run it, or not at all: OpenBLAS with the kernels of this processor, as many threads as asked for, memory not given back to
the system between steps, tensors channels-last, denormal numbers flushed, ten steps to warm up. The matrix product must reach half of the peak of
multiply-adds that the benchmark measured.

Input: a line for each round, the number of steps. Output: first a line about PyTorch, then the milliseconds of each step.
"""
import argparse
import json
import os
import resource
import sys
import time

WARM_UP_STEPS = 10


def restart_with_settings(threads, vector_bits):
    """The allocator and OpenBLAS read their settings when the process starts."""
    settings = {
        "MALLOC_MMAP_MAX_": "0",
        "MALLOC_TRIM_THRESHOLD_": "100000000000",
        "OPENBLAS_NUM_THREADS": str(threads),
        "OPENBLAS_CORETYPE": "SkylakeX" if vector_bits == 512 else "Haswell",
    }
    if vector_bits < 512:
        settings["ATEN_CPU_CAPABILITY"] = "avx2"
        settings["DNNL_MAX_CPU_ISA"] = "AVX2"
    if any(os.environ.get(name) != value for name, value in settings.items()):
        os.environ.update(settings)
        os.execv(sys.executable, [sys.executable, *sys.argv])


def channels(width, factor):
    value = width * factor
    rounded = max(8, int(value + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * value else rounded


def create_network(torch, width, classes):
    """torchvision's mobilenet_v2, in the same order of layers, so that torchvision need not be installed."""
    nn = torch.nn

    def convolution(inputs, outputs, kernel=1, stride=1, groups=1, activation=True):
        layers = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs)]
        return nn.Sequential(*layers, *([nn.ReLU6(inplace=True)] if activation else []))

    class Block(nn.Module):
        def __init__(self, inputs, outputs, stride, expansion):
            super().__init__()
            hidden = inputs * expansion
            expand = [convolution(inputs, hidden)] if expansion > 1 else []
            self.layers = nn.Sequential(*expand, convolution(hidden, hidden, 3, stride, hidden), convolution(hidden, outputs, activation=False))
            self.has_shortcut = stride == 1 and inputs == outputs

        def forward(self, x):
            return x + self.layers(x) if self.has_shortcut else self.layers(x)

    inputs = channels(width, 32)
    features = [convolution(3, inputs, 3, 2)]
    for expansion, outputs, repeats, first_stride in ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)):
        for repeat in range(repeats):
            features.append(Block(inputs, channels(width, outputs), first_stride if repeat == 0 else 1, expansion))
            inputs = channels(width, outputs)
    last = channels(max(1.0, width), 1280)
    features.append(convolution(inputs, last))
    return nn.ModuleList([nn.Sequential(*features), nn.Linear(last, classes)])


def check_blas(torch, peak):
    a = torch.rand(1280, 1280)

    def measure():
        start = time.perf_counter()
        torch.mm(a, a)
        return 2 * 1280 ** 3 / (time.perf_counter() - start) / 1e9

    gflops = max(measure() for _ in range(20))
    if gflops < peak / 2:
        sys.exit(f"torch.mm reaches {gflops:.0f} GFLOP/s, less than half of the {peak:.0f} that this processor can. Install a fast BLAS, for example libopenblas0-pthread.")
    return gflops


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=float, required=True)
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--first-block", type=int, default=0)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--vector-bits", type=int, required=True)
    parser.add_argument("--peak", type=float, required=True)
    arguments = parser.parse_args()
    restart_with_settings(arguments.threads, arguments.vector_bits)

    import torch

    torch.set_num_threads(arguments.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(1)
    gflops = check_blas(torch, arguments.peak)
    features, classifier = create_network(torch, arguments.width, 10).to(memory_format=torch.channels_last).train()
    images = torch.randn(arguments.batch, 3, arguments.size, arguments.size).to(memory_format=torch.channels_last)
    labels = torch.randint(0, 10, (arguments.batch,))
    trained = features
    if arguments.first_block > 0:
        # Index 0 of the features is the stem.
        with torch.no_grad():
            images = features[:arguments.first_block + 1].eval()(images).contiguous(memory_format=torch.channels_last)
        trained = features[arguments.first_block + 1:].train()
    optimizer = torch.optim.SGD([*trained.parameters(), *classifier.parameters()], lr=0.01, momentum=0.9, weight_decay=1e-4)
    loss = torch.nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss(classifier(trained(images).mean((2, 3))), labels).backward()
        optimizer.step()

    for _ in range(WARM_UP_STEPS):
        step()
    print(json.dumps({"description": f"PyTorch {torch.__version__}, torch.mm {gflops:.0f} GFLOP/s"}), flush=True)
    for line in sys.stdin:
        milliseconds = []
        for _ in range(int(line)):
            start = time.perf_counter()
            step()
            milliseconds.append((time.perf_counter() - start) * 1000)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"milliseconds": milliseconds, "peak_megabytes": peak}), flush=True)


if __name__ == "__main__":
    main()
