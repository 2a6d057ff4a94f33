"""One module a command; each has ``build(words)``."""
