import pytest

from normalizers.repair.learnable import is_learnable


@pytest.mark.parametrize("name", ["渡口维护完成率", "植树", "2031年灯会场次", "服务对象投诉率（≤）"])
def test_a_name_may_be_learned(name: str) -> None:
    assert is_learnable(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "率",
        "95%",
        "2031-05-01",
        "N1",
        "指标1",
        "指标2：",
        "……",
        "三级指标",
        "合计",
        "数量指标",
        "产出指标",
        "长" * 41,
    ],
)
def test_what_forms_print_without_meaning_a_name_is_not(name: str) -> None:
    assert not is_learnable(name)
