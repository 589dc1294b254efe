"""Questions about indexes of partitioned tables, for the kinds that join them."""

from __future__ import annotations

IS_WHOLE = "(select r.indisvalid from pg_index r where r.indexrelid = pg_partition_root({index}))"
"""Whether all partitions have a part in the uppermost index that one is attached to. Where some have none (ON ONLY),
PostgreSQL would make it when they are attached, and so all indexes of it are made after all partitions are, as pg_dump
does."""


def awaited(index: str, table: str) -> str:
    """The partitions that are attached before the index of a partitioned table is made."""
    return f"""case when not {IS_WHOLE.format(index=index)}
                    then array(select h.inhrelid from pg_inherits h where h.inhparent = {table}) end"""
