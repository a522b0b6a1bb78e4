"""Names over the borders of cells."""

from normalizers.repair.cells import match_cells
from normalizers.repair.lexicon import Known, Lexicon

LEXICON = Lexicon(map(Known, ("桥梁养护及时率", "路灯完好率", "学员满意度", "讲座场次")))


def read(*texts: str) -> list[tuple[int, int, tuple[str | None, ...]]]:
    readings = match_cells(LEXICON, texts)
    return [(each.first, each.last, tuple(match.value for match in each.matches)) for each in readings]


def test_each_cell_is_read_by_itself() -> None:
    assert read("路灯完好率", "讲座场次") == [(0, 0, ("路灯完好率",)), (1, 1, ("讲座场次",))]


def test_a_name_cut_over_two_cells_is_put_together() -> None:
    assert read("讲座场次", "桥梁养", "护及时率") == [(0, 0, ("讲座场次",)), (1, 2, ("桥梁养护及时率",))]


def test_two_names_in_one_cell_are_parted_beside_a_blank_one() -> None:
    assert read("路灯完好率学员满意度", "") == [(0, 0, ("路灯完好率", "学员满意度")), (1, 1, (None,))]


def test_without_a_blank_cell_a_long_name_stays_whole() -> None:
    assert read("路灯完好率学员满意度", "讲座场次")[0] == (0, 0, (None,))


def test_no_cells_no_readings() -> None:
    assert read() == []
