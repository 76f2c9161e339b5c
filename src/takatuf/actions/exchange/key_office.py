"""The office that looks after keys: which register, by whom, and when."""

from dataclasses import dataclass
from datetime import datetime

from takatuf.reports.keys import Signer
from takatuf.reports.register import Register
from takatuf.safeguards.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyOffice:
    """Where keys are looked after, by whom, and when."""

    register: Register
    actor: Actor
    host: Signer
    now: datetime  # aware, UTC
