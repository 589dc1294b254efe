"""Plans and drift as text for people, SQL, and reports in every format: pure functions, a value in, a text out."""
