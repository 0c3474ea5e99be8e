package dev.turso.session;

import dev.turso.schema.Names;
import dev.turso.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pragmas that switch something on or off. */
final class FlagPragmas {

  private interface Reader {
    boolean get(Connection connection);
  }

  private interface Writer {
    void set(Connection connection, boolean value);
  }

  private FlagPragmas() {}

  static void addTo(Map<String, PragmaHandler> all) {
    add(
        all,
        "foreign_keys",
        c -> c.writing().foreignKeys,
        (c, v) -> {
          if (c.autoCommit()) {
            c.writing().foreignKeys = v;
          }
        });
    add(
        all,
        "defer_foreign_keys",
        c -> c.writing().deferForeignKeys,
        (c, v) -> c.writing().deferForeignKeys = v && !c.autoCommit());
    add(
        all,
        "recursive_triggers",
        c -> c.writing().recursiveTriggers,
        (c, v) -> c.writing().recursiveTriggers = v);
    add(
        all,
        "ignore_check_constraints",
        c -> c.writing().ignoreChecks,
        (c, v) -> c.writing().ignoreChecks = v);
    add(all, "query_only", c -> c.pragmas.queryOnly, (c, v) -> c.pragmas.queryOnly = v);
    for (String name : List.of("require_where", "i_am_a_dummy")) {
      add(all, name, c -> c.pragmas.requireWhere, (c, v) -> c.pragmas.requireWhere = v);
    }
    add(
        all,
        "writable_schema",
        c -> c.pragmas.writableSchema,
        (c, v) -> c.pragmas.writableSchema = v);
    add(
        all,
        "legacy_alter_table",
        c -> c.pragmas.legacyAlterTable,
        (c, v) -> c.pragmas.legacyAlterTable = v);
    add(
        all,
        "legacy_file_format",
        c -> c.pragmas.legacyFileFormat,
        (c, v) -> c.pragmas.legacyFileFormat = v);
    add(
        all,
        "full_column_names",
        c -> c.pragmas.fullColumnNames,
        (c, v) -> c.pragmas.fullColumnNames = v);
    add(
        all,
        "short_column_names",
        c -> c.pragmas.shortColumnNames,
        (c, v) -> c.pragmas.shortColumnNames = v);
    add(all, "count_changes", c -> c.pragmas.countChanges, (c, v) -> c.pragmas.countChanges = v);
    add(
        all,
        "empty_result_callbacks",
        c -> c.pragmas.emptyResultCallbacks,
        (c, v) -> c.pragmas.emptyResultCallbacks = v);
    add(
        all,
        "reverse_unordered_selects",
        c -> c.pragmas.reverseUnorderedSelects,
        (c, v) -> c.pragmas.reverseUnorderedSelects = v);
    add(
        all,
        "read_uncommitted",
        c -> c.pragmas.readUncommitted,
        (c, v) -> c.pragmas.readUncommitted = v);
    add(all, "trusted_schema", c -> c.pragmas.trustedSchema, (c, v) -> c.pragmas.trustedSchema = v);
    add(
        all,
        "cell_size_check",
        c -> c.pragmas.cellSizeCheck,
        (c, v) -> c.pragmas.cellSizeCheck = v);
    add(all, "fullfsync", c -> c.pragmas.fullfsync, (c, v) -> c.pragmas.fullfsync = v);
    add(
        all,
        "checkpoint_fullfsync",
        c -> c.pragmas.checkpointFullfsync,
        (c, v) -> c.pragmas.checkpointFullfsync = v);
    add(
        all,
        "automatic_index",
        c -> c.pragmas.automaticIndex,
        (c, v) -> c.pragmas.automaticIndex = v);
    all.put("case_sensitive_like", new CaseSensitiveLike());
  }

  private static void add(
      Map<String, PragmaHandler> all, String name, Reader reader, Writer writer) {
    all.put(name, new Flag(name, reader, writer));
  }

  private record Flag(String name, Reader reader, Writer writer) implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return argument == null ? List.of(name) : List.of();
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      if (argument == null) {
        return PragmaValues.one(reader.get(connection) ? 1 : 0);
      }
      boolean reset = Names.same(argument, "reset");
      writer.set(connection, !reset && PragmaValues.truth(argument));
      connection.forgetPlans();
      return List.of();
    }
  }

  /** Can be set and not read. */
  private static final class CaseSensitiveLike implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return List.of();
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      if (argument != null) {
        connection.pragmas.caseSensitiveLike = PragmaValues.truth(argument);
        connection.forgetPlans();
      }
      return List.of();
    }
  }
}
