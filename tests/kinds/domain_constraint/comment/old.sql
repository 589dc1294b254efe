create domain d as int constraint "c ""x""" check (value > 0);
