create type mood as enum ('sad', 'happy');
create table t (a mood[], b int[], c text, d date[]);
