"""policytrack: the open, evidence-linked record of who restricts, permits or uses facial recognition.

The few names that most people need; `policytrack.api` has a function for each command, with the same words. Each is
imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policytrack.api import build, check, in_force, load, read
    from policytrack.dataset import Dataset
    from policytrack.findings import Finding

    __version__: str

__all__ = ["Dataset", "Finding", "build", "check", "in_force", "load", "read"]

_HOMES = {"Dataset": "policytrack.dataset", "Finding": "policytrack.findings"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Import a public name when it is first asked for, so that importing the package costs next to nothing."""
    if name == "__version__":
        return import_module("importlib.metadata").version(__name__)
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(_HOMES.get(name, "policytrack.api")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted({*globals(), *__all__, "__version__"})
