"""Lucerna, an invented aluminium works run by its workers: YAML, played in through the real actions."""
