create collation kept (provider = builtin, locale = 'C.UTF-8');
create collation libc (provider = libc, locale = 'C', version = '1.0');
