create text search dictionary d (template = simple);
create text search configuration "C ""1""" (copy = english);
