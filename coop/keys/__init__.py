"""What opens the door and for how long: sessions, devices, guesses that are counted, tablets at the gate."""
