create schema one;
