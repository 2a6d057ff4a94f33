"""The outside, behind the ports of the services. Imported by the composition root alone."""
