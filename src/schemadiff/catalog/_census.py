"""The census: what a database holds and no kind models, counted and named, so that nothing is passed over in silence.

Covers what pg_dump writes for a schema; PostgreSQL's own objects and those of extensions are left out.
"""

from __future__ import annotations

COUNTED = {
    "access_method": ("access methods", "pg_am", "select x.oid, x.amname from pg_am x where x.oid >= 16384"),
    "cast": ("casts", "pg_cast", "select x.oid, format_type(castsource, null) || ' as ' || format_type(casttarget, null) from pg_cast x where x.oid >= 16384"),
    "collation": ("collations", "pg_collation", "select x.oid, n.nspname || '.' || collname from pg_collation x join pg_namespace n on n.oid = collnamespace where {user_schema}"),
    "conversion": ("conversions", "pg_conversion", "select x.oid, n.nspname || '.' || conname from pg_conversion x join pg_namespace n on n.oid = connamespace where {user_schema}"),
    "event_trigger": ("event triggers", "pg_event_trigger", "select x.oid, evtname from pg_event_trigger x"),
    "foreign_data_wrapper": ("foreign-data wrappers", "pg_foreign_data_wrapper", "select x.oid, fdwname from pg_foreign_data_wrapper x"),
    "foreign_table": ("foreign tables", "pg_class", "select x.oid, n.nspname || '.' || relname from pg_class x join pg_namespace n on n.oid = relnamespace where relkind = 'f' and {user_schema}"),
    "language": ("languages", "pg_language", "select x.oid, lanname from pg_language x where x.oid >= 16384"),
    "operator": ("operators", "pg_operator", "select x.oid, x.oid::regoperator::text from pg_operator x join pg_namespace n on n.oid = oprnamespace where oprcode <> 0 and {user_schema}"),
    "operator_class": ("operator classes", "pg_opclass", "select x.oid, n.nspname || '.' || opcname from pg_opclass x join pg_namespace n on n.oid = opcnamespace where {user_schema}"),
    "operator_family": ("operator families", "pg_opfamily", "select x.oid, n.nspname || '.' || opfname from pg_opfamily x join pg_namespace n on n.oid = opfnamespace where {user_schema}"),
    "publication": ("publications", "pg_publication", "select x.oid, pubname from pg_publication x"),
    "security_label": ("security labels", "pg_class", "select x.objoid, x.provider || ' ' || x.label from pg_seclabel x"),
    "foreign_server": ("foreign servers", "pg_foreign_server", "select x.oid, srvname from pg_foreign_server x"),
    "subscription": ("subscriptions", "pg_subscription", "select x.oid, subname from pg_subscription x join pg_database d on d.oid = subdbid where d.datname = current_database()"),
    "text_search_configuration": ("text search configurations", "pg_ts_config", "select x.oid, n.nspname || '.' || cfgname from pg_ts_config x join pg_namespace n on n.oid = cfgnamespace where {user_schema}"),
    "text_search_dictionary": ("text search dictionaries", "pg_ts_dict", "select x.oid, n.nspname || '.' || dictname from pg_ts_dict x join pg_namespace n on n.oid = dictnamespace where {user_schema}"),
    "text_search_parser": ("text search parsers", "pg_ts_parser", "select x.oid, n.nspname || '.' || prsname from pg_ts_parser x join pg_namespace n on n.oid = prsnamespace where {user_schema}"),
    "text_search_template": ("text search templates", "pg_ts_template", "select x.oid, n.nspname || '.' || tmplname from pg_ts_template x join pg_namespace n on n.oid = tmplnamespace where {user_schema}"),
    "transform": ("transforms", "pg_transform", "select x.oid, format_type(trftype, null) from pg_transform x"),
    "base_type": ("base types", "pg_type", "select x.oid, n.nspname || '.' || typname from pg_type x join pg_namespace n on n.oid = typnamespace where (typtype = 'b' and typelem = 0 or typtype = 'p') and {user_schema}"),
    "user_mapping": ("user mappings", "pg_user_mapping", "select x.umid, usename || ' on ' || srvname from pg_user_mappings x"),
}  # fmt: skip


def census_query(version: int, modelled: frozenset[str]) -> str:
    """Rows of what, class number, oid and name; ``modelled`` are the kinds that need no counting."""
    selects = [
        f"select '{title}', '{catalog}'::regclass::oid::int8, q.oid::int8, q.name::text from ({query}) q(oid, name)"
        for kind, (title, catalog, query) in sorted(COUNTED.items())
        if kind not in modelled
    ]
    return "\nunion all\n".join(selects) or "select null, 0, 0, null where false"
