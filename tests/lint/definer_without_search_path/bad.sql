-- finds: function public.F"x.integer; function public.p.
create function "F""x"(int) returns int language sql security definer as 'select 1';
create procedure p() language sql security definer set work_mem = '8MB' as 'select 1';
