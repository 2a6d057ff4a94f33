"""Days, hours, zones and working days in Indonesian and English, written and read."""
