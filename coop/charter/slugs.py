"""Which words may name a co-operative in an address. No Django here."""

SLUG_PATTERN = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"

# The first word of every address is a co-operative's slug or one of these.
RESERVED = (
    "account",
    "admin",
    "api",
    "check",
    "checkpoint",
    "coop",
    "demo",
    "enrol",
    "error",
    "errors",
    "favicon",
    "health",
    "help",
    "icons",
    "journal",
    "language",
    "manifest",
    "media",
    "metrics",
    "network",
    "public",
    "robots",
    "set-language",
    "sign-in",
    "sign-out",
    "static",
    "status",
    "well-known",
)
