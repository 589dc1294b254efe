"""The example from end to end: an online-course platform gets video storage."""
