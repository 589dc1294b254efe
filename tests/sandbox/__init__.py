"""Schemas of strangers, loaded with few rights."""
