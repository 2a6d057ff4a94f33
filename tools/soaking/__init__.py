"""The parts of ``tools/soak.py``: the world it makes, the load, the faults, and the reckoning."""
