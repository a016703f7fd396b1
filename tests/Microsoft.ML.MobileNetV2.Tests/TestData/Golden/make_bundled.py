"""Writes the golden values of the bundled weights: draws an image for each set, and runs the network in PyTorch on it.

    python3 make_bundled.py ASSETS SMALL

ASSETS is the repository's folder assets. SMALL is the file of 32-bit weights of which the small set was made, so that the values show what is lost by
storing 16 bits. The images have the size to which the preprocessing would scale them, so no resizing takes part in the values.
"""
import json
import pathlib
import struct
import sys

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageDraw

HERE = pathlib.Path(__file__).parent
TYPES = {"F16": np.float16, "F32": np.float32}
STAGES = [(1, 1, 1), (6, 2, 2), (6, 3, 2), (6, 4, 2), (6, 3, 1), (6, 3, 2), (6, 1, 1)]


def read(path):
    content = path.read_bytes()
    length = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8:8 + length])
    header.pop("__metadata__")
    data = content[8 + length:]
    return {
        name: torch.from_numpy(np.frombuffer(data[slice(*entry["data_offsets"])], TYPES[entry["dtype"]]).astype(np.float32).reshape(entry["shape"]))
        for name, entry in header.items()
    }


def write(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        content = tensor.numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


class Network:
    def __init__(self, tensors, is_same, epsilon):
        self.tensors, self.is_same, self.epsilon = tensors, is_same, epsilon

    def conv(self, x, name, norm, stride=1, clamps=True):
        weight = self.tensors[f"{name}.weight"]
        if weight.shape[2] == 3:
            x = F.pad(x, (0, 1, 0, 1) if self.is_same and stride == 2 and x.shape[2] % 2 == 0 else (1, 1, 1, 1))
        x = F.conv2d(x, weight, self.tensors.get(f"{name}.bias"), stride, groups=x.shape[1] // weight.shape[1])
        if f"{norm}.running_var" in self.tensors:
            names = ["running_mean", "running_var", "weight", "bias"]
            x = F.batch_norm(x, *[self.tensors[f"{norm}.{name}"] for name in names], eps=self.epsilon)
        return x.clamp(0, 6) if clamps else x

    def features(self, x):
        x = self.conv(x, "features.0.0", "features.0.1", 2)
        index = 1
        for expansion, count, stride in STAGES:
            for i in range(count):
                block, y, layer = f"features.{index}.conv", x, 0
                if expansion > 1:
                    y, layer = self.conv(y, f"{block}.0.0", f"{block}.0.1"), 1
                y = self.conv(y, f"{block}.{layer}.0", f"{block}.{layer}.1", stride if i == 0 else 1)
                y = self.conv(y, f"{block}.{layer + 1}", f"{block}.{layer + 2}", clamps=False)
                x = x + y if i > 0 else y
                index += 1
        return self.conv(x, "features.18.0", "features.18.1").mean((2, 3))[0]

    def scores(self, features):
        return F.softmax(self.tensors["classifier.1.weight"] @ features + self.tensors["classifier.1.bias"], 0)


def draw(size):
    """Draws a balloon over hills, large areas with soft edges, so that the file is small."""
    image = Image.new("RGB", (size * 4, size * 4), (135, 190, 235))
    pen = ImageDraw.Draw(image)
    at = lambda *points: [4 * size * point for point in points]
    pen.polygon(at(0, .8, .3, .62, .55, .78, .8, .66, 1, .76, 1, 1, 0, 1), (70, 120, 60))
    pen.ellipse(at(.24, .08, .76, .58), (205, 50, 40))
    pen.ellipse(at(.40, .08, .60, .58), (240, 200, 60))
    pen.polygon(at(.36, .54, .64, .54, .54, .66, .46, .66), (150, 35, 30))
    pen.rectangle(at(.455, .70, .545, .76), (110, 75, 40))
    pen.line(at(.46, .66, .46, .70), (60, 40, 30), width=max(1, size // 40))
    pen.line(at(.54, .66, .54, .70), (60, 40, 30), width=max(1, size // 40))
    return image.resize((size, size), Image.LANCZOS).quantize(64).convert("RGB")


def save(name, size):
    shorter_side = round(size * 256 / 224)
    image = draw(shorter_side)
    image.save(HERE / "images" / name, optimize=True)
    begin = (shorter_side - size) // 2
    cropped = np.asarray(image, np.float32)[begin:begin + size, begin:begin + size] / 127.5 - 1
    return torch.from_numpy(cropped).permute(2, 0, 1)[None]


def main(assets, small):
    torch.set_grad_enabled(False)
    bundled = Network(read(pathlib.Path(assets) / "mobilenet_v2_1.0_192_bundled.safetensors"), True, 1e-3)
    features = bundled.features(save("balloon-219.png", 192))
    scores = bundled.scores(features)
    small_features = Network(read(pathlib.Path(small)), False, 1e-5).features(save("balloon-146.png", 128))
    write(HERE / "bundled.safetensors", {"bundled.features": features, "bundled.scores": scores, "small.features": small_features})
    print(scores.topk(5))


if __name__ == "__main__":
    main(*sys.argv[1:])
