"""Who asks: a person or a program, acting for an organisation, in a role."""

from dataclasses import dataclass
from enum import StrEnum

from takatuf.vocabulary.identity import ThingId


class Role(StrEnum):
    """What somebody is here; the rules of each role stand in `permissions`."""

    PUBLIC = "public"  # anybody
    PARTNER = "partner"  # a member organisation's focal point
    OFFICER = "officer"  # information officer, coordinator: sees what work needs
    CUSTODIAN = "custodian"  # a named person who may see severe data


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks for something."""

    name: str
    role: Role
    organisation: ThingId | None = None  # None: of no member organisation


ANYBODY = Actor("anybody", Role.PUBLIC)
