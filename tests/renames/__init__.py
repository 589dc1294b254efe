"""Renames by directive."""
