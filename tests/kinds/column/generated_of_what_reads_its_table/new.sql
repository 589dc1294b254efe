create schema "With Space";
