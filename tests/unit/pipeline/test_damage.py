"""What the confusion model does to names."""

from random import Random

from pipeline.damage import Damage

NAMES = ["桥梁养护及时率", "路灯完好率", "学员满意度"] * 200
CONFUSIONS = {"未": (("末", 0.1),), "率": (("宰", 0.2),)}


def damage(rate: float, **shares: float) -> Damage:
    return Damage(rate, CONFUSIONS, "甲", **shares)


def test_without_damage_each_name_has_its_cell() -> None:
    cells = list(damage(0.0).cells(NAMES, Random(1)))
    assert [(cell.text, cell.names) for cell in cells] == [(name, (place,)) for place, name in enumerate(NAMES)]


def test_the_same_seed_does_the_same_damage() -> None:
    once, again = (list(damage(0.2).cells(NAMES, Random(7))) for _ in range(2))
    assert once == again


def test_the_rate_is_the_share_of_characters_hit() -> None:
    text = damage(0.2, lost=0, doubled=0, junk=0).text("未" * 10_000, Random(3))
    assert set(text) == {"未", "末"}
    assert 0.18 < text.count("末") / len(text) < 0.22


def test_what_the_table_does_not_know_becomes_any_character() -> None:
    assert set(damage(1.0, lost=0, doubled=0, junk=0).text("路灯率", Random(3))) == {"甲", "宰"}


def test_every_name_is_in_some_cell() -> None:
    cells = list(damage(1.0, split=0.3, merged=0.3).cells(NAMES, Random(2)))
    places = [place for cell in cells for place in cell.names]
    assert sorted(set(places)) == list(range(len(NAMES)))
    assert any(len(cell.names) == 2 for cell in cells)
    assert any(not cell.names and not cell.text for cell in cells)
    assert len(places) > len(NAMES)
