"""Draws the images of the sample, so that they are free of rights: python3 draw.py"""
import math
import pathlib

from PIL import Image, ImageDraw

SIZE = 256
SCALE = 4


def canvas(background):
    image = Image.new("RGB", (SIZE * SCALE, SIZE * SCALE), background)
    return image, ImageDraw.Draw(image)


def at(*points):
    return [SIZE * SCALE * point for point in points]


def hand(angle, inner, outer):
    return at(*[.5 + factor * length for length in (inner, outer) for factor in (math.sin(angle), -math.cos(angle))])


def clock():
    image, pen = canvas((222, 210, 190))
    pen.ellipse(at(.1, .1, .9, .9), (60, 40, 30))
    pen.ellipse(at(.14, .14, .86, .86), (250, 248, 240))
    for minute in range(60):
        pen.line(hand(minute * math.pi / 30, .315 if minute % 5 else .29, .33), (20, 20, 20), width=4 if minute % 5 else 12)
    pen.line(hand(-.9, 0, .18), (10, 10, 10), width=24)
    pen.line(hand(1.0, 0, .27), (10, 10, 10), width=14)
    pen.ellipse(at(.48, .48, .52, .52), (10, 10, 10))
    return image


def umbrella():
    image, pen = canvas((205, 215, 222))
    for i in range(4):
        pen.pieslice(at(.1, .15, .9, .95), 180 + 45 * i, 225 + 45 * i, (220, 220, 235) if i % 2 else (30, 60, 150))
    for i in range(4):
        pen.ellipse(at(.1 + .2 * i, .5, .3 + .2 * i, .6), (205, 215, 222))
    pen.line(at(.5, .12, .5, .86), (70, 45, 30), width=18)
    pen.arc(at(.5, .80, .6, .92), 0, 180, (70, 45, 30), width=18)
    return image


def lighthouse():
    image, pen = canvas((150, 195, 235))
    pen.rectangle(at(0, .8, 1, 1), (50, 100, 150))
    pen.polygon(at(.2, .85, .4, .75, .7, .77, .85, .88, .8, 1, .1, 1), (100, 90, 80))
    pen.polygon(at(.42, .25, .58, .25, .63, .8, .37, .8), (245, 245, 245))
    for y in (.33, .5, .67):
        top, bottom = .08 + .05 * (y - .25) / .55, .08 + .05 * (y - .17) / .55
        pen.polygon(at(.5 - top, y, .5 + top, y, .5 + bottom, y + .08, .5 - bottom, y + .08), (200, 40, 40))
    pen.rectangle(at(.40, .23, .60, .255), (40, 40, 40))
    pen.rectangle(at(.45, .15, .55, .23), (250, 235, 140))
    pen.polygon(at(.43, .15, .5, .08, .57, .15), (180, 30, 30))
    return image


def balloon():
    image, pen = canvas((135, 190, 235))
    pen.polygon(at(0, .8, .3, .62, .55, .78, .8, .66, 1, .76, 1, 1, 0, 1), (70, 120, 60))
    pen.ellipse(at(.24, .08, .76, .58), (205, 50, 40))
    pen.ellipse(at(.40, .08, .60, .58), (240, 200, 60))
    pen.polygon(at(.36, .54, .64, .54, .54, .66, .46, .66), (150, 35, 30))
    pen.rectangle(at(.455, .70, .545, .76), (110, 75, 40))
    for x in (.46, .54):
        pen.line(at(x, .66, x, .70), (60, 40, 30), width=6)
    return image


for draw in (balloon, clock, lighthouse, umbrella):
    small = draw().resize((SIZE, SIZE), Image.LANCZOS).quantize(64).convert("RGB")
    small.save(pathlib.Path(__file__).parent / f"{draw.__name__}.png", optimize=True)
