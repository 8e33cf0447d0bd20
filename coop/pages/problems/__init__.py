"""Problems of production, from the line that stands still to the answer."""
