"""A page reads the clock of the house once and hands it on as `at` (ruling 2)."""

from coop.clock import now as now
