create function f(a int) returns int language plpgsql as 'begin return 1; end';
create procedure p() language sql as 'select 1';
