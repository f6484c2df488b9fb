"""Data packages on disk: written whole, checked by ourselves where other readers see nothing, and read back typed."""

from policytrack.package.building import Built, Composed, build, compose, save
from policytrack.package.checking import check_package
from policytrack.package.descriptor import NAME, PackageError
from policytrack.package.edition import Contributor, Edition, Export, Extra, License, Metadata
from policytrack.package.reading import TypedRow, load_package
from policytrack.package.validating import validate

__all__ = [
    "NAME",
    "Built",
    "Composed",
    "Contributor",
    "Edition",
    "Export",
    "Extra",
    "License",
    "Metadata",
    "PackageError",
    "TypedRow",
    "build",
    "check_package",
    "compose",
    "load_package",
    "save",
    "validate",
]
