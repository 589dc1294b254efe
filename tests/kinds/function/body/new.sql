create function f(a int) returns int language plpgsql stable as 'begin return 2; end';
create procedure p() language sql security definer as 'select 2';
