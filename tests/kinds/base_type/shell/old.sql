create type only_a_shell;
create type later;
