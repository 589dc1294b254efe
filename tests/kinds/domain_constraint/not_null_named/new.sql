create domain d as int constraint wanted not null;
