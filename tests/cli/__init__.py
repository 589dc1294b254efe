"""The commands as a user calls them: what they print, and their exit codes."""
