"""Plans and drift as text for people, JSON, SQL and Markdown: pure functions, a value in, a text out."""
