"""The count: boxes, tellers, hands, sealed urns, and the counting minutes."""
