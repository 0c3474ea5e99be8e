package dev.turso.schema;

import org.jspecify.annotations.Nullable;

/** One row of {@code sqlite_schema}. */
public record SchemaRow(
    long rowid, String type, String name, String table, int rootPage, @Nullable String sql) {}
