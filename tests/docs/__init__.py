"""The pages of the documentation: every command on them runs and ends as the page says."""
