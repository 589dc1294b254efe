create collation kept (provider = builtin, locale = 'C.UTF-8');
