"""Which version runs: a module by itself, so that whoever asks need not wait for the commands."""

from __future__ import annotations

from importlib.metadata import version


def line() -> str:
    """Return the name and the version of what is installed."""
    return f"policytrack {version('policytrack')}"
