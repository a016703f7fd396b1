#!/usr/bin/env python3
"""Copies ONNX Runtime's library for Linux on x64 to one that finds no AVX-512, to measure kernels of 256 bits on a processor that has 512.

ONNX Runtime has no switch for it, and few processors let a program hide instructions from itself. What is changed are two kinds of checks behind a
`cpuid` instruction: bit 16 of leaf 7 (AVX-512F), where the matrix and convolution kernels are chosen, and the mask of the registers that the system
saves, which the list of the processor's features needs. Put the copy in place of the library in a copy of the program, and start that with
DOTNET_EnableAVX512=0.

    python3 eng/hide-avx512.py libonnxruntime.so copy.so
"""
import pathlib
import re
import sys

REACH = 96  # bytes from a cpuid instruction to a check of what it gave
CPUID = b"\x0f\xa2"
TEST_AVX512F = re.compile(rb"\xf7[\xc0-\xc7]\x00\x00\x01\x00")  # test r32, 0x10000
MASK_OF_STATES = re.compile(rb"(?:\x41?\x81[\xe0-\xe7]|\x25)\xe6\x00\x00\x00")  # and r32, 0xe6
STATES_WITHOUT_AVX512 = 0x06


def behind_cpuid(code, pattern):
    return [match for match in pattern.finditer(code) if CPUID in code[max(0, match.start() - REACH):match.start()]]


def hide(code):
    tests, masks = behind_cpuid(code, TEST_AVX512F), behind_cpuid(code, MASK_OF_STATES)
    if not tests or not masks:
        sys.exit(f"found {len(tests)} checks for AVX-512F and {len(masks)} masks of saved registers; expected some of each. Is it a library for x64?")
    changed = bytearray(code)
    for match in tests:
        changed[match.end() - 2] = 0
    for match in masks:
        changed[match.end() - 4] = STATES_WITHOUT_AVX512
    print(f"changed {len(tests)} checks for AVX-512F and {len(masks)} masks of saved registers")
    return changed


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, target = map(pathlib.Path, sys.argv[1:])
    target.write_bytes(hide(source.read_bytes()))
