"""Who holds what: offices, deputies, handovers, rotation, questions put to them."""
