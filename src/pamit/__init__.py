"""Pamit: the candidate's own assistant for the messages around a job interview."""

__version__ = "0.1.0"
