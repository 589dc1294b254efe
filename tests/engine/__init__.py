"""The engine against real servers; ``properties`` has what holds for any catalog."""
