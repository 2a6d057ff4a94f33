"""Free text to facts: an employer's message read, every fact with its words and its doubt."""

from pamit.reading.channel import guess_channel
from pamit.reading.reader import read_text

__all__ = ["guess_channel", "read_text"]
