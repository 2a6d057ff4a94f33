"""Pamit for AI assistants: an MCP server over standard input and output, on the same facade as every other surface.

No tool approves or sends: what an assistant prepares waits in the outbox for the person's own yes. What others wrote is data
and stands apart in every result (:mod:`pamit.surfaces.mcp.marking`).
"""
