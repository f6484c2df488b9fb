"""The commands as functions: the same words, plain values in and out, nothing printed and no clock read."""

from __future__ import annotations

from policytrack.dataset import read
from policytrack.reference import generate

__all__ = [
    "build",
    "check",
    "cite",
    "codes",
    "explain",
    "generate",
    "in_force",
    "load",
    "read",
    "release",
    "show",
    "todo",
    "verify",
]
