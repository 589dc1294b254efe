create collation kept (provider = builtin, locale = 'C');
