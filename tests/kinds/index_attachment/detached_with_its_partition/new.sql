create table p (id int, v text) partition by range (id);
create index whole on p (v);
create table p1 (id int, v text);
create index p1_v_idx on p1 (v);
