create cast (oid as real) without function;
