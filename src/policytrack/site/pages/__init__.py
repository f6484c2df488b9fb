"""The families of pages, in the order in which they are made; each takes a renderer and yields pages."""

from __future__ import annotations

from typing import Final

from policytrack.site.pages.about import pages as about
from policytrack.site.pages.actions import pages as actions
from policytrack.site.pages.browse import pages as browse
from policytrack.site.pages.changes import pages as changes
from policytrack.site.pages.composer import pages as composer
from policytrack.site.pages.data import pages as data
from policytrack.site.pages.explorer import pages as explorer
from policytrack.site.pages.feeds import pages as feeds
from policytrack.site.pages.force import pages as force
from policytrack.site.pages.home import pages as home
from policytrack.site.pages.lists import pages as lists
from policytrack.site.pages.map import pages as places
from policytrack.site.pages.records import pages as records
from policytrack.site.pages.sources import pages as sources
from policytrack.site.pages.timeline import pages as timeline
from policytrack.site.pages.versions import pages as versions
from policytrack.site.pages.views import pages as views

FAMILIES: Final = (
    home,
    actions,
    records,
    sources,
    browse,
    lists,
    views,
    explorer,
    force,
    places,
    timeline,
    changes,
    feeds,
    data,
    versions,
    composer,
    about,
)
