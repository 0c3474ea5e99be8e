package dev.turso.change;

import dev.turso.value.Value;
import java.util.List;

/**
 * The answer of a statement that an extension ran.
 *
 * @param columns the names of its columns
 */
public record StatementRows(List<String> columns, List<List<Value>> rows) {}
