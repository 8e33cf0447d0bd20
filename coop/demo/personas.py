"""The people of the invented plant whom a visitor may be, and the PINs that are no secret here."""

PLANT = "lucerna"

PINS = {
    2: "740258",
    58: "316904",
    120: "852063",
    126: "907418",
    144: "461730",
    266: "538192",
    284: "285047",
    310: "629415",
    316: "174936",
}
