create table t (id int generated always as identity (sequence name my_seq));
create table u (id int generated always as identity);
