"""The site: every page made from the records, readable without scripts, from any host or from disk."""

from __future__ import annotations

from policytrack.site.building import Site, SiteError, build
from policytrack.site.serving import server

__all__ = ["Site", "SiteError", "build", "server"]
