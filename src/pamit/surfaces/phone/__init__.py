"""Pamit on a phone: the very app of :mod:`pamit.surfaces.web`, run by Python within the browser.

``entry`` answers the pages' requests, ``static/`` holds what runs around it: ``shell.js`` shows pages, ``worker.js`` runs
Python beside them, ``offline.js`` keeps all files on the phone. ``tools/site_builder.py`` puts the site together.
"""
