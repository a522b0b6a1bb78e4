"""Measure which characters the recognisers take for each other, and how alike characters look.

    python -m tests.confusions.measure engine --seconds 240 > engine.csv
    python -m tests.confusions.measure shape > shape.csv

Both print rows of `normalizers/registry/confusions.csv`. `engine` draws the known names in the installed Chinese
fonts, small, blurred, noisy, pale and partly covered, has both recognisers read them and counts what stands in the
place of what; a pair counts from its second time on. `shape` lays drawn characters over each other, blurred as a
scan blurs them, and lists pairs of which one is used by the vocabulary. The registry keeps those that are also known
to be mistaken for each other, and of the others the most alike. Never run as part of the tests: it takes minutes.
"""

import argparse
import csv
import math
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from extractors.ocr.rapid import careful_recogniser, fast_recogniser
from normalizers.repair.known_names import known_names
from normalizers.repair.levels import level1_wordings, level2_wordings

Font = Any  # PIL's
Picture = Any  # numpy array, height x width, uint8, dark text on white

FAMILIES = ("Noto Sans CJK SC", "Noto Serif CJK SC", "AR PL UMing CN", "WenQuanYi Zen Hei")
OFTEN = 2  # times a pair must be seen
LEGIBLE = 0.6  # share of a line's characters that must be right for the others to be aligned
DEAREST = 0.5
LEAST_ALIKE, SAME = 0.80, 0.95  # correlation of two blurred characters: cost 0.5 and below, cost 0.1 and above
NEAREST, FARTHEST = 3, 0.65  # each character of the vocabulary has so many neighbours, if they agree at least so much
LEVEL_1_BYTES = range(0xB0, 0xD8)  # rows of GB 2312 with the common characters


def fonts(size: int) -> list[Font]:
    """The installed Chinese fonts in one size (pixels)."""
    found = []
    for family in FAMILIES:
        command = ["fc-match", "-f", "%{file}|%{index}", family]
        file, index = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("|")
        found.append(ImageFont.truetype(file, size, index=int(index) & 0xFFFF))
    return found


def vocabulary() -> list[str]:
    """Every name and level, each once."""
    return list(dict.fromkeys((*(known.name for known in known_names()), *level1_wordings(), *level2_wordings())))


def drawn(text: str, font: Font, chance: random.Random) -> Picture:
    """One line, damaged as a poor copy is."""
    width, height = int(font.getlength(text)) + 8, int(font.size * 1.4)
    image = Image.new("L", (width, height), 255)
    ImageDraw.Draw(image).text((4, height // 2), text, font=font, fill=0, anchor="lm")
    line: Picture = np.asarray(image, np.float32)
    line = cv2.GaussianBlur(line, (0, 0), chance.uniform(0.5, 1.3))
    line = 255 - (255 - line) * chance.uniform(0.25, 1.0)
    line += np.random.default_rng(chance.randrange(1 << 30)).normal(0, chance.uniform(2, 28), line.shape)
    for _ in range(chance.choice((0, 0, 1, 2))):
        x, y, long = chance.randrange(width), chance.randrange(height), chance.randrange(4, 14)
        grey = chance.choice((60, 255))
        if chance.random() < 0.5:
            line[y : y + 2, x : x + long] = grey
        else:
            line[y : y + long, x : x + 2] = grey
    return np.clip(line, 0, 255).astype(np.uint8)


def substitutions(printed: str, read: str) -> Iterator[tuple[str, str]]:
    """What was printed and what was read in its place, where most of the line is right."""
    if Levenshtein.normalized_similarity(printed, read) < LEGIBLE:
        return
    for edit in Levenshtein.editops(printed, read):
        if edit.tag == "replace":
            yield printed[edit.src_pos], read[edit.dest_pos]


def read_damaged(seconds: float) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """How often each character was read for another, either way round, and how often each was printed."""
    chance, wrong, printed = random.Random(5), Counter[tuple[str, str]](), Counter[str]()
    sizes = [font for size in (11, 13, 15, 18) for font in fonts(size)]
    recognisers, names = (fast_recogniser(), careful_recogniser()), vocabulary()
    end = time.process_time() + seconds
    while time.process_time() < end:
        name = chance.choice(names)
        line = drawn(name, chance.choice(sizes), chance)
        for recogniser in recognisers:
            printed.update(name)
            pairs = substitutions(name, recogniser.read([line])[0].text)
            wrong.update((min(pair), max(pair)) for pair in pairs)
    return wrong, printed


def engine_rows(seconds: float) -> Iterator[tuple[str, str, float]]:
    """Pairs seen often enough; a share of one in ten readings costs 0.1, each tenth of it 0.1 more."""
    wrong, printed = read_damaged(seconds)
    for (one, other), times in sorted(wrong.items(), key=lambda item: (-item[1], item[0])):
        if times >= OFTEN:
            share = times / max(1, printed[one] + printed[other])
            yield one, other, round(min(DEAREST, max(0.1, 0.1 * -math.log10(share))), 2)


def shape_rows() -> Iterator[tuple[str, str, float]]:
    """Pairs of characters whose blurred pictures agree, the most alike first."""
    used = {char for name in vocabulary() for char in name if "\u4e00" <= char <= "\u9fff"}
    common = bytes(byte for row in LEVEL_1_BYTES for cell in range(0xA1, 0xFF) for byte in (row, cell))
    chars = sorted(used | set(common.decode("gb2312", "ignore")))
    alike = sum(_agreement(chars, font) for font in fonts(40)) / len(FAMILIES)
    np.fill_diagonal(alike, 0)
    near = np.triu(alike) >= LEAST_ALIKE
    for place in (place for place, char in enumerate(chars) if char in used):
        for other in np.argsort(alike[place])[-NEAREST:]:
            near[min(place, other), max(place, other)] |= alike[place, other] >= FARTHEST
    pairs = [(float(alike[i, j]), chars[i], chars[j]) for i, j in zip(*np.nonzero(near), strict=True)]
    for agreement, one, other in sorted(pairs, reverse=True):
        if used & {one, other}:
            yield one, other, shape_cost(agreement)


def shape_cost(agreement: float) -> float:
    """0.1 for one shape, 0.5 for a plausible mistake, more for the nearest of a shape of its own; in steps of 0.05."""
    share = max(0.0, (SAME - agreement) / (SAME - LEAST_ALIKE))
    return round(round((0.1 + share * (DEAREST - 0.1)) * 20) / 20, 2)


def _agreement(chars: Iterable[str], font: Font) -> Any:
    """The correlation of each pair at the best of five places."""
    chars = list(chars)
    still = np.stack([_blurred(char, font, (0, 0)) for char in chars])
    best = still @ still.T
    for shift in ((0, 2), (0, -2), (2, 0), (-2, 0)):
        moved = still @ np.stack([_blurred(char, font, shift) for char in chars]).T
        best = np.maximum(best, np.maximum(moved, moved.T))
    return best


def _blurred(char: str, font: Font, shift: tuple[int, int]) -> Any:
    image = Image.new("L", (56, 56), 0)
    ImageDraw.Draw(image).text((28, 28), char, font=font, fill=255, anchor="mm")
    picture: Picture = np.roll(np.asarray(image, np.float32), shift, (0, 1))
    picture = cv2.resize(cv2.GaussianBlur(picture, (0, 0), 1.6)[4:52, 4:52], (24, 24), interpolation=cv2.INTER_AREA)
    centred = picture.ravel() - picture.mean()
    return centred / np.linalg.norm(centred)


def main() -> None:
    """Print the rows that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evidence", choices=("engine", "shape"))
    parser.add_argument("--seconds", type=float, default=240, help="of processor time for the engines")
    chosen = parser.parse_args()
    rows = engine_rows(chosen.seconds) if chosen.evidence == "engine" else shape_rows()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerows((one, other, cost, chosen.evidence) for one, other, cost in rows)


if __name__ == "__main__":
    main()
