"""How days and hours are written, where Django's own way would puzzle people (FORMAT_MODULE_PATH)."""
