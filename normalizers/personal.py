"""Personal data in texts: who is named beside a label, and numbers by which persons are reached.

For exports that leave it out. A name is known by its label alone; a telephone number, an e-mail address and the
number of an identity card are known by their form. A number that may be an amount, a date, a code or the number of a
document is none of them, unless a label says so.
"""

import re
from functools import cache
from typing import NamedTuple

from normalizers.text import fold, half_width, is_missing, normalise
from normalizers.vocabulary import Vocabulary, base_vocabulary, read_registry

_LONGEST_NAMES = 60  # characters of a cell that holds names
_HAN = r"[\u3400-\u9fff]"
_NAME = re.compile(rf"{_HAN}{{2,4}}|{_HAN}{{1,8}}(?:[·•]{_HAN}{{1,8}})+")
_BETWEEN = re.compile(r"[\s、,;/:()]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_BARE_NUMBER = re.compile(r"(?=(?:\D*\d){5})[\d\s()+/、;,转-]+")
_NAMES = rf"(?:{_HAN}|[·•]){{2,15}}(?!{_HAN})(?:、{_HAN}{{2,4}}(?!{_HAN}))*"
_SAID = re.compile(rf":\s*({_NAMES}|[\d(+][\d\s()+-]{{5,}})")
_HINT = re.compile(r"[@＠:：]|\d{4}")  # every text that has something to mask has one of these
_LONGEST_SAID = 24  # characters before a colon among which its label is looked for


class _Words(NamedTuple):
    """The registry's words; `labels` are folded, `numbers` finds what is personal by its form."""

    mark: str
    vocabulary: Vocabulary
    labels: tuple[str, ...]
    bodies: tuple[str, ...]
    numbers: re.Pattern[str]


@cache
def _words() -> _Words:
    content = read_registry("personal.yml")
    roles = {"contacts": {"person": content["labels"]}, "sections": {"list": content["headings"]}}
    vocabulary = base_vocabulary().extended(roles, overrides=False)
    labels = [word for word, found in vocabulary.wordings.items() if any(role.group == "contacts" for role in found)]
    numbers = _numbers("|".join(content["measures"]))
    return _Words(content["mark"], vocabulary, tuple(labels), tuple(content["bodies"]), numbers)


def _numbers(measures: str) -> re.Pattern[str]:
    """Numbers that are personal by their form; nothing that is part of a longer number or stands before a measure."""
    mobile = r"(?:(?:\+|00)?86[ -]?)?1[3-9]\d(?:\d{8}|-\d{4}-\d{4})"
    landline = r"(?:\(0\d{2,3}\) ?|0\d{2,3}- ?)\d{3,4}-?\d{4}(?:-\d{1,6})?"
    card = r"[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    before, behind = r"(?=[0-9+(])(?<![0-9A-Za-z.,¥$<>=≥≤≧≦/-])", rf"(?![0-9A-Za-z]|[.,/-]\d| ?(?:{measures}))"
    mail = r"(?=[A-Za-z0-9])(?<![A-Za-z0-9])[A-Za-z0-9][\w.%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    return re.compile(rf"{before}(?:{mobile}|{landline}|{card}){behind}|{mail}", re.ASCII)


def personal_mark() -> str:
    """What stands in an export where personal data was."""
    return _words().mark


def is_personal_label(text: str) -> bool:
    """Whether a printed text is a label whose value is a person, or how to reach one."""
    return _words().vocabulary.has(text, "contacts")


def is_label(text: str) -> bool:
    """Whether a printed text is a known label or heading."""
    return _words().vocabulary.has(text)


def may_be_personal(text: str) -> bool:
    """Whether the text beside or under such a label may be what the label asks for: names or numbers alone."""
    plain = half_width(text).strip()
    if is_missing(plain) or len(plain) > _LONGEST_NAMES:
        return False
    if _BARE_NUMBER.fullmatch(plain) or _words().numbers.fullmatch(plain) or _is_name("".join(plain.split())):
        return True
    rest = _BRACKETS.sub(" ", _words().numbers.sub(" ", plain))
    pieces = [piece for piece in _BETWEEN.split(rest) if piece and not _BARE_NUMBER.fullmatch(piece)]
    return bool(pieces) and all(map(_is_name, pieces))


def mask(text: str) -> str:
    """The text with its personal numbers, and what follows a label such as 联系人：, replaced by a mark."""
    if not _HINT.search(text):
        return text
    plain = half_width(text)
    spans = [match.span() for match in _words().numbers.finditer(plain)]
    spans += [match.span(1) for match in _SAID.finditer(plain) if _is_said(plain, match)]
    if not spans:
        return text
    printed, done = normalise(text), len(plain)
    pieces: list[str] = []
    for start, stop in sorted(spans, reverse=True):
        if stop <= done:
            pieces += [printed[stop:done], personal_mark()]
            done = start
    return "".join(reversed([*pieces, printed[:done]]))


def _is_said(plain: str, match: re.Match[str]) -> bool:
    """Whether a label of a person stands before the colon, and a name or number behind it."""
    before = fold(plain[max(0, match.start() - _LONGEST_SAID) : match.start()])
    bare = re.sub(r"\([^()]*\)$", "", before)
    is_number = not match[1][0].isalpha()
    return bare.endswith(_words().labels) and (is_number or _is_name(match[1].partition("、")[0]))


def _is_name(piece: str) -> bool:
    return bool(_NAME.fullmatch(piece)) and not piece.endswith(_words().bodies) and not is_label(piece)
