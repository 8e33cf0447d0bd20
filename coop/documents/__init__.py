"""The papers the house stands on: statute, internal rules, founding act, agreements; each in versions, none edited."""
