"""Gettext catalogues for the words of libraries that speak to the person."""
