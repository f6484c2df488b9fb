"""The sources as a bibliography, in the three forms that reference managers read; made of the tables of sources."""

from __future__ import annotations

from policytrack.exports.bibliography import bibtex, csl, ris
from policytrack.exports.bibliography.works import works
from policytrack.package import Edition, Extra


def export(edition: Edition) -> list[Extra]:
    """Return BibTeX, RIS and CSL-JSON of all sources, each under its id. Dates are as exact as in the source."""
    cited = works(edition)
    return [
        Extra(
            name="references-bibtex",
            path="references.bib",
            title="The sources in BibTeX",
            description="Every source as an entry of BibTeX, in UTF-8; its key is the source's id.",
            mediatype="application/x-bibtex",
            content=bibtex.written(cited).encode(),
        ),
        Extra(
            name="references-ris",
            path="references.ris",
            title="The sources in RIS",
            description="Every source as a reference in RIS; its ID is the source's id.",
            mediatype="application/x-research-info-systems",
            content=ris.written(cited).encode(),
        ),
        Extra(
            name="references-csl",
            path="references.csl.json",
            title="The sources in CSL-JSON",
            description="Every source as an item of the Citation Style Language; its id is the source's id.",
            mediatype="application/vnd.citationstyles.csl+json",
            content=csl.written(cited).encode(),
        ),
    ]
