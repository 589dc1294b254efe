"""The cases of every kind, and the one test that walks them."""
