"""Who we are, and who holds which seat: accounts, register, departments, crews, bodies, offices, mandates."""
