"""What the benchmark prints of a folder of files: accuracy, and the characters that reached no table."""

import re
import shutil
from functools import partial
from pathlib import Path

import pytest

from pipeline.bench import bench
from pipeline.repair_bench import repair_lines

ROOT = Path(__file__).parents[3]
FORM = next((ROOT / "data" / "raw").glob("*/2023/白鹭区城市运行管理中心2023年度项目支出绩效自评.pdf"))
ANSWER = ROOT / "tests" / "golden" / FORM.relative_to(ROOT / "data" / "raw").with_suffix(".json")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    corpus = tmp_path_factory.mktemp("corpus")
    for kind in ("one", "two"):
        shutil.copy(FORM, corpus / f"sample.{kind}.pdf")
    (corpus / "truth").mkdir()
    shutil.copy(ANSWER, corpus / "truth" / "sample.json")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.bench.repair_lines", partial(repair_lines, 60, 2))
        return list(bench(corpus, corpus / "truth", 1))


def test_accuracy_is_printed_by_kind_and_in_all(printed: list[str]) -> None:
    assert printed[0] == "2 files, 4 pages, 0 not read whole"
    lines = {line.split()[0]: line.split()[1:] for line in printed[2:5]}
    assert set(lines) == {"one", "two", "all"}
    assert lines["one"] == lines["two"]
    assert int(lines["all"][2]) == 2 * int(lines["one"][2]) > 0


def test_lost_characters_are_printed_by_kind_and_in_all(printed: list[str]) -> None:
    one, two, every = (line.split() for line in printed[6:9])
    assert (one[0], two[0], every[0]) == ("one", "two", "all")
    count = int(one[1].replace(",", ""))
    assert int(every[1].replace(",", "")) == 2 * count > 0
    assert sum(float(share.rstrip("%")) for share in one[2:]) == pytest.approx(100, abs=0.05)
    found = re.fullmatch(r"characters in tables of digital files: ([\d,]+); reached no table: ([\d.]+) ?%", printed[9])
    assert found
    assert found[1] == every[1]
    assert float(found[2]) <= 0.1


def test_both_programs_are_timed(printed: list[str]) -> None:
    assert [line.split(":")[0].split(",")[0] for line in printed[10:13]] == [
        "jixiao ingest",
        "pdfplumber extract_tables alone",
        "ratio",
    ]


def test_repairs_of_damaged_names_come_last(printed: list[str]) -> None:
    assert "names of indicators" in printed[13]
    assert printed[-1].split()[0] == "30%"
