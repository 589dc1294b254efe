"""What CI services, hooks and images are given: the files are what their judges want, and their scripts run."""
