"""The families of pages, in the order in which they are made; each takes a renderer and yields pages."""

from __future__ import annotations

from typing import Final

from policytrack.site.pages.actions import pages as actions

FAMILIES: Final = (actions,)
