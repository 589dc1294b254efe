create domain d as int constraint "c ""x""" check (value > 0);
comment on constraint "c ""x""" on domain d is 'positive';
