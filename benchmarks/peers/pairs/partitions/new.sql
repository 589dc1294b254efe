-- A partition is detached, one attached, one created; the parent gets a primary key
create table events (
    id bigint not null, at date not null, kind text not null, primary key (id, at)
) partition by range (at);
create table events_2023 (id bigint not null, at date not null, kind text not null);
create index events_2023_kind_idx on events_2023 (kind);
create table events_2024 partition of events for values from ('2024-01-01') to ('2025-01-01');
create table events_2025 partition of events for values from ('2025-01-01') to ('2026-01-01');
create table events_other partition of events default;
create index events_kind_idx on events (kind);
