"""The families of pages, in the order in which they are made; each takes a renderer and yields pages."""

from __future__ import annotations

from typing import Final

from policytrack.site.pages.actions import pages as actions
from policytrack.site.pages.explorer import pages as explorer
from policytrack.site.pages.force import pages as force
from policytrack.site.pages.map import pages as places

FAMILIES: Final = (actions, explorer, force, places)
