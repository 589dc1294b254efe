"""What several tests share: PostgreSQL's own programs, and pg_dump as a witness."""
