"""Writes inference.safetensors, resize.safetensors and images/: golden values that are small enough for the repository.

Usage: python3 make_golden.py [FULL_INFERENCE_SAFETENSORS]
Needs Pillow. The argument is the full set of golden values (all widths, features and logits), from which a part is taken; without it only
the images are made.
"""
import json
import os
import random
import struct
import sys

import PIL
from PIL import Image, ImageDraw

HERE = os.path.dirname(os.path.abspath(__file__))


def write(name, metadata, tensors):
    header, data = {"__metadata__": metadata}, b""
    for key, (dtype, shape, content) in tensors.items():
        header[key] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def take_inference(path):
    """Features of width 0.35, and the logits of every width: each logit depends on all features."""
    with open(path, "rb") as file:
        content = file.read()
    length = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8 : 8 + length])
    metadata = header.pop("__metadata__")
    tensors = {}
    for key, entry in header.items():
        if ".0.35." in key or key.endswith(".logits"):
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            tensors[key] = (entry["dtype"], entry["shape"], content[begin:end])
    write("inference.safetensors", metadata, tensors)


def draw(seed, width, height, mode="RGB"):
    """A gradient with discs, drawn at the double size, so that edges are smooth."""
    source = random.Random(seed)
    image = Image.linear_gradient("L").resize((2 * width, 2 * height)).convert("RGB")
    pen = ImageDraw.Draw(image)
    for _ in range(9):
        x, y, r = source.randrange(2 * width), source.randrange(2 * height), source.randrange(4, width)
        pen.ellipse((x - r, y - r, x + r, y + r), tuple(source.randrange(256) for _ in range(3)))
    return image.resize((width, height), Image.BOX).convert(mode)


def center_crop(image, size):
    scale = size * 256 / 224 / min(image.size)
    width, height = (round(length * scale) for length in image.size)
    left, top = (width - size) // 2, (height - size) // 2
    return image.resize((width, height), Image.BILINEAR).crop((left, top, left + size, top + size))


def stretch(image, size):
    return image.resize((size, size), Image.BILINEAR)


def make_resize():
    cases = [
        ("landscape.png", draw(1, 150, 100), ["center_crop", "stretch"], [32, 64]),
        ("enlarged.png", draw(2, 21, 40), ["center_crop", "stretch"], [32]),
        ("gray.png", draw(3, 97, 131, "L"), ["center_crop", "stretch"], [33]),
    ]
    os.makedirs(os.path.join(HERE, "images"), exist_ok=True)
    metadata = {
        "resampling": "Pillow BILINEAR (antialiased triangle filter), RGB; center_crop: both sides times size*256/224/shorter, "
        "rounded, then center crop; stretch: straight to size x size",
        "pillow": PIL.__version__,
    }
    tensors = {}
    for index, (name, image, kinds, sizes) in enumerate(cases):
        path = os.path.join(HERE, "images", name)
        image.save(path, optimize=True)
        metadata[f"image{index}"] = name
        image = Image.open(path).convert("RGB")
        for kind in kinds:
            for size in sizes:
                resized = {"center_crop": center_crop, "stretch": stretch}[kind](image, size)
                tensors[f"image{index}.{kind}.{size}"] = ("U8", [size, size, 3], resized.tobytes())
    write("resize.safetensors", metadata, tensors)


make_resize()
if len(sys.argv) > 1:
    take_inference(sys.argv[1])
