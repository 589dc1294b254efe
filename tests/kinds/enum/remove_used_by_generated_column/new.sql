create type mood as enum ('sad', 'happy');
create table p (id int primary key, m mood, good boolean generated always as (m = 'happy') stored);
create statistics p_s on id, m from p;
