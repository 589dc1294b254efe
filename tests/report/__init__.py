"""Plans and drift as text, JSON and Markdown, against golden files."""
