#!/usr/bin/env python3
"""Trains a softmax layer on features with PyTorch, the same loop as the benchmark "head", which starts this script and writes its data.

Runs PyTorch as its users run it, or not at all: the matrix product must come from a fast BLAS (on Debian install libopenblas0-pthread), memory
is not given back to the system between steps, denormal numbers are flushed, and ten batches warm it up. Batches are picked by index from one
tensor, which is much faster than a DataLoader; features are standardized before the clock starts.

    python3 pytorch_head.py --data <file> [--epochs 20] [--batch 64] [--learning-rate 0.001] [--weight-decay 0.01]

The file holds four int32 (training rows, validation rows, features, classes), then the features as float32 and the classes as int32 of the
training rows, then the same of the validation rows; little-endian. Prints one JSON line when it is ready; then, for each line on standard
input with a number of threads, trains once and prints the seconds and the validation loss after each epoch as one JSON line.
"""
import argparse
import array
import json
import math
import os
import sys
import time

from pytorch_inference import check_blas, restart_with_malloc_settings

WARM_UP_BATCHES = 10


def read_rows(torch, file, count, feature_count):
    features = torch.frombuffer(bytearray(file.read(4 * count * feature_count)), dtype=torch.float32).view(count, feature_count)
    classes = torch.frombuffer(bytearray(file.read(4 * count)), dtype=torch.int32).long()
    return features, classes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--learning-rate", type=float, default=0.001)
    parser.add_argument("--weight-decay", type=float, default=0.01)
    arguments = parser.parse_args()
    restart_with_malloc_settings()

    import torch
    from torch.nn.functional import cross_entropy

    torch.set_flush_denormal(True)
    torch.manual_seed(1)
    gflops = check_blas(torch)
    with open(arguments.data, "rb") as file:
        counts = array.array("i")
        counts.fromfile(file, 4)
        rows, validation_rows, feature_count, class_count = counts
        features, classes = read_rows(torch, file, rows, feature_count)
        validation_features, validation_classes = read_rows(torch, file, validation_rows, feature_count)

    mean, deviation = features.mean(0), features.std(0).clamp_min(1e-6)
    features = (features - mean) / deviation
    validation_features = (validation_features - mean) / deviation
    step_count = arguments.epochs * math.ceil(rows / arguments.batch)

    def create():
        model = torch.nn.Linear(feature_count, class_count)
        torch.nn.init.zeros_(model.weight)
        torch.nn.init.zeros_(model.bias)
        optimizer = torch.optim.AdamW(
            [{"params": [model.weight]}, {"params": [model.bias], "weight_decay": 0}],
            lr=arguments.learning_rate, weight_decay=arguments.weight_decay)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: (1 + math.cos(math.pi * step / step_count)) / 2)
        return model, optimizer, schedule

    def step(model, optimizer, schedule, batch):
        loss = cross_entropy(model(features[batch]), classes[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()

    def train():
        seconds, losses = [], []
        start = time.perf_counter()
        state = create()
        for _ in range(arguments.epochs):
            for batch in torch.randperm(rows).split(arguments.batch):
                step(*state, batch)
            with torch.no_grad():
                losses.append(cross_entropy(state[0](validation_features), validation_classes).item())
            seconds.append(time.perf_counter() - start)
        return {"seconds": seconds, "losses": losses}

    def warm_up():
        state = create()
        for batch in torch.randperm(rows).split(arguments.batch)[:WARM_UP_BATCHES]:
            step(*state, batch)

    print(json.dumps({"torch": torch.__version__, "matrix_product_gflops": round(gflops, 1)}), flush=True)
    for line in sys.stdin:
        torch.set_num_threads(int(line))
        warm_up()
        print(json.dumps(train()), flush=True)


if __name__ == "__main__":
    main()
