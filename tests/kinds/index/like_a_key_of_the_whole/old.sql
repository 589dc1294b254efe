create schema "S ""1""";
