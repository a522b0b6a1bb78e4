"""The house rules: who may import whom, what the quick path loads, where Chinese words live, how long things are."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "extractors": {"extractors"},
    "normalizers": {"normalizers"},
    "pipeline": {"extractors", "normalizers", "pipeline"},
}
PACKAGES = sorted(MAY_IMPORT)
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
SAMPLE = next((ROOT / "data" / "raw").glob("*/2025/2025年项目绩效目标申报表*公路*.pdf"))

SEEING = {"cv2", "numpy", "rapidocr", "onnxruntime", "openvino", "omegaconf", "shapely"}  # what pictures are read with
HEAVY = SEEING | {"PIL", "pandas", "pdfplumber", "camelot", "openpyxl", "pyarrow", "rapidfuzz", "sqlalchemy"}
SEERS = ("extractors/scan/", "extractors/ocr/")
BORROWED = {"extractors/pdf/picture.py": {"numpy"}, "pipeline/bench.py": {"rapidocr"}}  # inside functions alone
LONGEST_FILE, LONGEST_FUNCTION = 400, 60  # lines

# Chinese words in the code of extractors and pipeline: page furniture, labels that the program itself gives to
# values without one, the word for "meaning" in the codebook's table heads, the ideograph that looks like a dash.
# All others belong to the registry.
CHINESE = {
    "extractors/furniture.py": {"第页共", "接上续表页"},
    "extractors/ocr/pair.py": {"一"},
    "extractors/paragraphs.py": {"一二三四五六七八九十"},
    "pipeline/codebook.py": {"含义"},
}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(module: ast.Module) -> Iterator[str]:
    """The first part of the name of every module that is imported, wherever the import stands."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_imports_only_what_its_package_may(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    ours = set(imported(tree(path))) & set(MAY_IMPORT)
    assert ours <= MAY_IMPORT[package]
    assert "tests" not in set(imported(tree(path)))


def test_import_linter_agrees() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout
    assert "2 kept" in done.stdout


def loaded_by(code: str) -> set[str]:
    """The top names of all modules that a fresh interpreter has loaded after some code."""
    code += "\nimport sys; print('LOADED', *{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("LOADED")[2].split())


def test_reading_a_digital_file_loads_nothing_heavy() -> None:
    loaded = loaded_by(
        "from pathlib import Path\n"
        "from pipeline.document import open_document\n"
        "from pipeline.run import read_document\n"
        f"path = Path({str(SAMPLE)!r})\n"
        "assert read_document(open_document(path, path.name)).status == 'ok'"
    )
    assert "pypdfium2" in loaded or "pypdfium2_raw" in loaded
    assert not loaded & HEAVY


def test_workers_first_import_loads_nothing_heavy() -> None:
    assert not loaded_by("import pipeline.reading") & HEAVY


def test_only_one_package_imports_the_pdf_library() -> None:
    users = {name(path) for path in MODULES if "pypdfium2" in set(imported(tree(path)))}
    assert users
    assert all(user.startswith("extractors/pdf/") for user in users)


def at_once(module: ast.Module) -> Iterator[str]:
    """The full names of the modules that are imported as soon as this one is."""
    for node in _outside_functions(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _outside_functions(child)


@pytest.mark.parametrize("path", [path for path in MODULES if not name(path).startswith(SEERS)], ids=name)
def test_pictures_are_read_by_two_packages_alone(path: Path) -> None:
    assert set(imported(tree(path))) & SEEING <= BORROWED.get(name(path), set())
    at_start = set(at_once(tree(path)))
    assert not {each.partition(".")[0] for each in at_start} & SEEING
    assert not [each for each in at_start if each.startswith(("extractors.scan", "extractors.ocr"))]


def test_recognisers_know_nothing_of_pages() -> None:
    for path in (path for path in MODULES if name(path).startswith("extractors/ocr/")):
        ours = {each for each in at_once(tree(path)) if each.startswith("extractors.")}
        assert all(each.startswith("extractors.ocr.") for each in ours), name(path)


def strings(module: ast.Module) -> Iterator[str]:
    """All strings of the code, docstrings left out."""
    homes = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(module) if isinstance(node, homes)]
    docstrings = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def chinese(text: str) -> str:
    """The ideographs of a text, each once."""
    return "".join(dict.fromkeys(char for char in text if "\u4e00" <= char <= "\u9fff"))


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.relative_to(ROOT).parts[0] != "normalizers"], ids=name
)
def test_chinese_labels_live_in_the_registry(path: Path) -> None:
    found = {chinese(text) for text in strings(tree(path))} - {""}
    assert found == CHINESE.get(name(path), set())


def test_allowed_words_belong_to_modules_that_are_there() -> None:
    assert set(CHINESE) <= {name(path) for path in MODULES}


@pytest.mark.parametrize("path", MODULES + TESTS, ids=name)
def test_files_and_functions_are_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


def test_rules_would_be_noticed_if_broken() -> None:
    """The helpers above see what they are to see."""
    assert list(imported(ast.parse("def f():\n    from pipeline.run import x\n    import numpy.linalg"))) == [
        "pipeline",
        "numpy",
    ]
    module = ast.parse('"""文档"""\nLABEL = "项目名称"\ndef f():\n    """说明"""\n    return f"{LABEL}总额"')
    assert set(map(chinese, strings(module))) == {"项目名称", "总额"}
    assert "json" in loaded_by("import json")
    late = ast.parse("import cv2\nif True:\n    from a import b\ndef f():\n    import numpy\nclass C:\n    import d")
    assert list(at_once(late)) == ["cv2", "a.b", "d"]
