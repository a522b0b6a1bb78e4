"""Form families: the registry files under `registry/forms/`, and which one a form is of."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from normalizers.money import Unit, find_unit
from normalizers.text import fold
from normalizers.vocabulary import GROUPS, RegistryError, Vocabulary, base_vocabulary, read_registry

GENERIC = "generic"
_KEYS = {
    "name",
    "describes",
    "kind",
    "subject",
    "title",
    "all",
    "any",
    "none",
    "unit",
    "labels",
    "office_above",
}


@dataclass(frozen=True)
class Template:
    """One family of forms.

    Attributes:
        name: unique; the value of `filings.template`.
        describes: where and when it is used.
        kind: declaration or self_evaluation; a form whose title says otherwise is not of this family.
        subject: project, department or transfer; None: as the title says.
        title: words one of which the title must have (folded); empty: any title, or none.
        all: labels that must all be there.
        any: labels of which one must be there; empty: none needed.
        none: labels that must not be there.
        unit: of money where the form prints none; None: nobody may assume one.
        labels: the family's own wordings, as in `labels.yml`.
        office_above: whether a bare name over the form is the department.
    """

    name: str
    describes: str
    kind: str
    subject: str | None = None
    title: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    unit: Unit | None = None
    labels: Mapping[str, Any] = field(default_factory=dict)
    office_above: bool = False

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The common wordings with the family's own."""
        return base_vocabulary().extended(self.labels) if self.labels else base_vocabulary()

    def fits(self, kind: str | None, title: str, labels: AbstractSet[str]) -> bool:
        """Whether a form with this title (folded) and these labels (folded) is of the family."""
        return (
            kind in (None, self.kind)
            and (not self.title or any_in(self.title, title))
            and all(label in labels for label in self.all)
            and (not self.any or any(label in labels for label in self.any))
            and not any(label in labels for label in self.none)
        )


def any_in(words: Sequence[str], text: str) -> bool:
    """Whether one of the words stands in the text."""
    return any(word in text for word in words)


def _template(file_name: str, content: Mapping[str, Any]) -> Template:
    unknown = set(content) - _KEYS | set(content.get("labels", {})) - GROUPS
    if unknown:
        raise RegistryError(f"forms/{file_name}: unknown key {', '.join(sorted(unknown))}")
    folded = {key: tuple(fold(label) for label in content.get(key, ())) for key in ("title", "all", "any", "none")}
    return Template(
        name=content["name"],
        describes=content["describes"],
        kind=content["kind"],
        subject=content.get("subject"),
        unit=find_unit(f"（{content['unit']}）") if "unit" in content else None,
        labels=content.get("labels", {}),
        office_above=content.get("office_above", False),
        **folded,
    )


@cache
def templates() -> tuple[Template, ...]:
    """All families, by name. Raises RegistryError for a file with an unknown key or a name that is taken."""
    folder = files("normalizers") / "registry" / "forms"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yml"))
    found = [_template(name, read_registry(f"forms/{name}")) for name in names]
    if len({template.name for template in found}) < len(found):
        raise RegistryError("forms/: two families have one name")
    return tuple(found)


def identify(kind: str | None, title: str, labels: AbstractSet[str]) -> tuple[Template | None, tuple[str, ...]]:
    """The one family that fits; None where none or more than one does, with their names as the reason."""
    fitting = [template for template in templates() if template.fits(kind, fold(title), labels)]
    if len(fitting) == 1:
        return fitting[0], ()
    return None, tuple(template.name for template in fitting)
