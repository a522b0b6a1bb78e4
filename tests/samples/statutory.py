"""Statutory budget tables with invented numbers that add up, from a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.samples.model import TableContent

Row = tuple[str, ...]

FUNCTIONS = [
    ("208", "社会保障和就业支出", 0),
    ("20802", "民政管理事务", 1),
    ("2080201", "行政运行", 2),
    ("2080202", "一般行政管理事务", 2),
    ("2080207", "行政区划和地名管理", 2),
    ("2080208", "基层政权建设和社区治理", 2),
    ("2080299", "其他民政管理事务支出", 2),
    ("20805", "行政事业单位养老支出", 1),
    ("2080502", "事业单位离退休", 2),
    ("2080505", "机关事业单位基本养老保险缴费支出", 2),
    ("2080506", "机关事业单位职业年金缴费支出", 2),
    ("20808", "抚恤", 1),
    ("2080801", "死亡抚恤", 2),
    ("20810", "社会福利", 1),
    ("2081001", "儿童福利", 2),
    ("2081002", "老年福利", 2),
    ("2081004", "殡葬", 2),
    ("2081005", "社会福利事业单位", 2),
    ("2081006", "养老服务", 2),
    ("20811", "残疾人事业", 1),
    ("2081107", "残疾人生活和护理补贴", 2),
    ("20819", "最低生活保障", 1),
    ("2081901", "城市最低生活保障金支出", 2),
    ("2081902", "农村最低生活保障金支出", 2),
    ("20820", "临时救助", 1),
    ("2082001", "临时救助支出", 2),
    ("2082002", "流浪乞讨人员救助支出", 2),
    ("20821", "特困人员救助供养", 1),
    ("2082101", "城市特困人员救助供养支出", 2),
    ("20825", "其他生活救助", 1),
    ("2082501", "其他城市生活救助", 2),
    ("210", "卫生健康支出", 0),
    ("21011", "行政事业单位医疗", 1),
    ("2101101", "行政单位医疗", 2),
    ("2101102", "事业单位医疗", 2),
    ("21013", "医疗救助", 1),
    ("2101301", "城乡医疗救助", 2),
    ("212", "城乡社区支出", 0),
    ("21201", "城乡社区管理事务", 1),
    ("2120199", "其他城乡社区管理事务支出", 2),
    ("221", "住房保障支出", 0),
    ("22102", "住房改革支出", 1),
    ("2210201", "住房公积金", 2),
    ("2210203", "购房补贴", 2),
    ("229", "其他支出", 0),
    ("22960", "彩票公益金安排的支出", 1),
    ("2296002", "用于社会福利的彩票公益金支出", 2),
]
ECONOMIC = [
    ("301", "工资福利支出", 0),
    ("30101", "基本工资", 1),
    ("30102", "津贴补贴", 1),
    ("30103", "奖金", 1),
    ("30107", "绩效工资", 1),
    ("30108", "机关事业单位基本养老保险缴费", 1),
    ("30109", "职业年金缴费", 1),
    ("30110", "职工基本医疗保险缴费", 1),
    ("30112", "其他社会保障缴费", 1),
    ("30113", "住房公积金", 1),
    ("30199", "其他工资福利支出", 1),
    ("302", "商品和服务支出", 0),
    ("30201", "办公费", 1),
    ("30202", "印刷费", 1),
    ("30205", "水费", 1),
    ("30206", "电费", 1),
    ("30207", "邮电费", 1),
    ("30209", "物业管理费", 1),
    ("30211", "差旅费", 1),
    ("30213", "维修（护）费", 1),
    ("30216", "培训费", 1),
    ("30217", "公务接待费", 1),
    ("30226", "劳务费", 1),
    ("30228", "工会经费", 1),
    ("30229", "福利费", 1),
    ("30231", "公务用车运行维护费", 1),
    ("30239", "其他交通费用", 1),
    ("30299", "其他商品和服务支出", 1),
    ("303", "对个人和家庭的补助", 0),
    ("30302", "退休费", 1),
    ("30305", "生活补助", 1),
    ("30399", "其他对个人和家庭的补助", 1),
    ("310", "资本性支出", 0),
    ("31002", "办公设备购置", 1),
    ("31007", "信息网络及软件购置更新", 1),
]


def generated_table(raw: dict[str, Any]) -> TableContent:
    """The table that ``generate`` names: functions, economic or balance."""
    rows = MAKERS[raw["generate"]](raw)
    header = tuple(tuple(part.strip() for part in line.split("|")) for line in raw["header"].splitlines())
    return TableContent(raw["title"], raw.get("unit"), header, tuple(rows), raw.get("options", {}))


def classified(tree: list[tuple[str, str, int]], raw: dict[str, Any]) -> list[Row]:
    """Code, name, sum and its parts for each line of a classification; sums go up the tree."""
    draw = random.Random(raw["seed"])
    codes = {code for code, _, _ in tree}
    leaves = [code for code in codes if not any(c != code and c.startswith(code) for c in codes)]
    amounts = {code: leaf_amounts(draw, raw["parts"]) for code in sorted(leaves)}
    rows = [line(code, name, [amounts[c] for c in leaves if c.startswith(code)]) for code, name, _ in tree]
    return [*rows, line("", "合计", list(amounts.values()))]


def leaf_amounts(draw: random.Random, parts: int) -> list[Decimal]:
    """The invented parts of one lowest line, in hundredths of a unit; about a third of them zero."""
    drawn = [Decimal(draw.randrange(0, 48000)) / 100 if draw.random() < 0.65 else Decimal("0.00") for _ in range(parts)]
    return drawn if any(drawn) else [Decimal("12.60"), *drawn[1:]]


def line(code: str, name: str, amounts: list[list[Decimal]]) -> Row:
    """One line: the sum of all parts, then the parts; a zero is printed empty."""
    parts = [sum(column, Decimal(0)) for column in zip(*amounts, strict=True)]
    whole = [] if len(parts) == 1 else [sum(parts, Decimal(0))]
    return (code, name, *(money(amount) for amount in [*whole, *parts]))


def money(amount: Decimal) -> str:
    """With separators and two decimals, nothing for zero."""
    return f"{amount:,.2f}" if amount else ""


MAKERS: dict[str, Callable[[dict[str, Any]], list[Row]]] = {
    "functions": lambda raw: classified(FUNCTIONS, raw),
    "economic": lambda raw: classified(ECONOMIC, raw),
}
