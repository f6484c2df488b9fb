"""All single faults that are planted into the small package; the modules that plant them add theirs when imported."""

import gate_faults_package
import gate_faults_schema
import gate_faults_table
from gate_planting import MUTANTS, Mutant, steps

__all__ = ["MUTANTS", "Mutant", "steps"]

PLANTED_BY = (gate_faults_package, gate_faults_schema, gate_faults_table)
