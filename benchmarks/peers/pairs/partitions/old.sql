create table events (id bigint not null, at date not null, kind text not null) partition by range (at);
create table events_2023 partition of events for values from ('2023-01-01') to ('2024-01-01');
create table events_2024 partition of events for values from ('2024-01-01') to ('2025-01-01');
create table events_2025 (id bigint not null, at date not null, kind text not null);
create index events_kind_idx on events (kind);
