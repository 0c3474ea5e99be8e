package dev.turso.dbsp.circuit;

import java.util.List;

/**
 * An index that a join would seek by, if it existed.
 *
 * @param columns each with its collation, as CREATE INDEX takes them
 */
public record WantedIndex(String table, List<String> columns) {}
