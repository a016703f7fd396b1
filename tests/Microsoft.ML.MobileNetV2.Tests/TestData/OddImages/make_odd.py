"""Draws the odd images of this folder and the table odd.tsv that says what a decoder must do with each.

Usage: python3 make_odd.py. Needs Pillow 9.4 with JPEG and WebP.
"""
import os
import random
import struct
import zlib

from PIL import Image, ImageDraw

HERE = os.path.dirname(os.path.abspath(__file__))
SIZE = (40, 30)
ROWS = []


def draw(seed, size=SIZE):
    source = random.Random(seed)
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    pen = ImageDraw.Draw(image)
    for _ in range(6):
        x, y, r = source.randrange(size[0]), source.randrange(size[1]), source.randrange(3, 12)
        pen.ellipse((x - r, y - r, x + r, y + r), tuple(source.randrange(256) for _ in range(3)))
    return image


def path_of(name):
    return os.path.join(HERE, name)


def decode(name, trait, image, upright=None, **options):
    image.save(path_of(name), **options)
    ROWS.append((name, trait, "decode", *(upright or image.size)))


def rewrite(name, trait, expect, content, upright=("", "")):
    with open(path_of(name), "wb") as file:
        file.write(content)
    ROWS.append((name, trait, expect, *upright))


def read(name):
    with open(path_of(name), "rb") as file:
        return file.read()


def png_with_header(content, width, height):
    """Another size in the header, with the checksum that belongs to it."""
    header = b"IHDR" + struct.pack(">II", width, height) + content[24:29]
    return content[:12] + header + struct.pack(">I", zlib.crc32(header)) + content[33:]


def exif(orientation):
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0)


image = draw(1)
decode("plain.jpg", "plain", image, format="JPEG", quality=90)
decode("progressive.jpg", "progressive", image, format="JPEG", quality=90, progressive=True)
decode("gray.jpg", "grayscale", image.convert("L"), format="JPEG", quality=90)
decode("cmyk.jpg", "CMYK", image.convert("CMYK"), format="JPEG", quality=90)
for orientation in range(1, 9):
    upright = SIZE if orientation < 5 else SIZE[::-1]
    decode(f"orientation-{orientation}.jpg", f"EXIF orientation {orientation}", image, upright, format="JPEG", quality=90, exif=exif(orientation))
decode("plain.png", "plain", image, format="PNG")
decode("gray.png", "grayscale", image.convert("L"), format="PNG")
decode("one-bit.png", "one bit a pixel", image.convert("1"), format="PNG")
decode("sixteen-bit.png", "sixteen bits a pixel", image.convert("I").point(lambda level: level * 257), format="PNG")
decode("palette.png", "palette with a transparent color", image.quantize(16), format="PNG", transparency=3)
transparent = image.convert("RGBA")
transparent.putalpha(Image.linear_gradient("L").resize(SIZE))
decode("transparent.png", "alpha channel", transparent, format="PNG")
decode("png.jpg", "wrong extension", image, format="PNG")
decode("one-pixel.png", "one pixel", draw(2, (1, 1)), format="PNG")
decode("line.png", "one row", draw(3, (300, 1)), format="PNG")
decode("plain.bmp", "BMP", image, format="BMP")
decode("palette.bmp", "BMP with a palette", image.quantize(16), format="BMP")
decode("plain.gif", "GIF", image.quantize(32), format="GIF")
decode("animated.gif", "animated GIF", image.quantize(32), format="GIF", save_all=True, append_images=[draw(4).quantize(32)])
decode("lossless.webp", "lossless WebP", image, format="WEBP", lossless=True)
decode("lossy.webp", "lossy WebP", image, format="WEBP", quality=80)
decode("transparent.webp", "WebP with an alpha channel", transparent, format="WEBP", quality=80)

for name in ("plain.jpg", "progressive.jpg", "plain.png", "lossy.webp"):
    rewrite(f"half-{name}", "truncated", "refuse", read(name)[: len(read(name)) // 2])
    rewrite(f"start-{name}", "truncated within its header", "refuse", read(name)[:20])
rewrite("half-plain.gif", "truncated", "refuse", read("plain.gif")[: len(read("plain.gif")) // 2])
rewrite("empty.jpg", "empty", "refuse", b"")
rewrite("text.jpg", "text", "refuse", b"<html>404 not found</html>")
rewrite("zeros.jpg", "zeros", "refuse", bytes(1000))
rewrite("marker.jpg", "nothing but a start marker", "refuse", b"\xff\xd8\xff\xd9")
rewrite("bomb.png", "header claims 60000 x 60000 pixels", "refuse", png_with_header(read("plain.png"), 60000, 60000))
rewrite("no-width.png", "header claims no width", "refuse", png_with_header(read("plain.png"), 0, 30))
plain = read("plain.jpg")
frame = plain.index(b"\xff\xc0")
rewrite("bomb.jpg", "header claims 65535 x 65535 pixels", "refuse", plain[: frame + 5] + b"\xff\xff\xff\xff" + plain[frame + 9 :])
rewrite("bomb.gif", "header claims 65535 x 65535 pixels", "either", read("plain.gif")[:6] + b"\xff\xff\xff\xff" + read("plain.gif")[10:])
for seed in range(6):
    source = random.Random(seed)
    for name in ("plain.jpg", "progressive.jpg", "plain.png", "plain.gif", "lossy.webp"):
        content = bytearray(read(name))
        for _ in range(4):
            content[source.randrange(20, len(content))] ^= 1 << source.randrange(8)
        rewrite(f"flipped-{seed}-{name}", "flipped bits", "either", bytes(content))

with open(path_of("odd.tsv"), "w", newline="\n") as table:
    table.write("file\ttrait\texpect\tupright_width\tupright_height\n")
    for row in ROWS:
        table.write("\t".join(str(cell) for cell in row) + "\n")
