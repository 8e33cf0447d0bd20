"""The register: who belongs to the plant, how they came, where they work, what is on record of them."""
