create type "Mood" as enum ('a');
