"""The ways in: thin layers that parse input, call one service and show the result."""
