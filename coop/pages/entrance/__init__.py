"""The way in: secrets, cards, codes and passkeys, the tablet at the gate, sessions and the language of a device."""
