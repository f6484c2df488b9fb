"""Data packages on disk: written whole, checked by ourselves where other readers see nothing, and read back typed."""

from policytrack.package.building import Built, Composed, Export, build, compose
from policytrack.package.checking import check_package
from policytrack.package.descriptor import NAME, SEMVER, Extra, PackageError
from policytrack.package.reading import TypedRow, load, load_package
from policytrack.package.validating import validate

__all__ = [
    "NAME",
    "SEMVER",
    "Built",
    "Composed",
    "Export",
    "Extra",
    "PackageError",
    "TypedRow",
    "build",
    "check_package",
    "compose",
    "load",
    "load_package",
    "validate",
]
