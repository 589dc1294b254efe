"""Databases on every major of PostgreSQL that has binaries here."""
