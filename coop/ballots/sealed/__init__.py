"""The sealed urn of a secret vote on screens: envelopes, the key and its trustees, the tree of trackers, the guards."""
