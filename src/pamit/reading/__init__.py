"""Free text to facts: an employer's message read, every fact with its words and its doubt."""

from pamit.reading.reader import read_text

__all__ = ["read_text"]
