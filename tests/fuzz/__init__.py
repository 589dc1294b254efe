"""Random schemas, random edits of them, and pg_dump as the judge of the plans between the two."""
