"""The diagram: its value, its places, and what each format says of it."""
