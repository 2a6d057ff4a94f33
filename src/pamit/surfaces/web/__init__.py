"""The app in the browser: pages on the facade, for the person at this machine alone."""
