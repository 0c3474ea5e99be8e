package dev.turso.session;

import dev.turso.pager.CommitSettings;
import dev.turso.pager.Pager;
import dev.turso.schema.Names;
import dev.turso.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pragmas that keep a number for the connection. */
final class NumberPragmas {

  private interface Reader {
    long get(Connection connection);
  }

  private interface Writer {
    void set(Connection connection, long value);
  }

  private NumberPragmas() {}

  static void addTo(Map<String, PragmaHandler> all) {
    add(all, "cache_size", false, c -> c.pragmas.cacheSize, NumberPragmas::cacheSize);
    add(all, "default_cache_size", false, c -> c.pragmas.cacheSize, NumberPragmas::cacheSize);
    add(all, "cache_spill", false, c -> c.pragmas.cacheSpill, (c, v) -> c.pragmas.cacheSpill = v);
    add(
        all,
        "mmap_size",
        true,
        c -> c.pragmas.mmapSize,
        (c, v) -> c.pragmas.mmapSize = Math.max(0, v));
    add(
        all,
        "soft_heap_limit",
        true,
        c -> c.pragmas.softHeapLimit,
        (c, v) -> c.pragmas.softHeapLimit = v < 0 ? c.pragmas.softHeapLimit : v);
    add(
        all,
        "hard_heap_limit",
        true,
        c -> c.pragmas.hardHeapLimit,
        (c, v) -> c.pragmas.hardHeapLimit = v < 0 ? c.pragmas.hardHeapLimit : v);
    add(
        all,
        "analysis_limit",
        true,
        c -> c.pragmas.analysisLimit,
        (c, v) -> c.pragmas.analysisLimit = v < 0 ? c.pragmas.analysisLimit : v);
    add(
        all,
        "threads",
        true,
        c -> c.pragmas.threads,
        (c, v) -> c.pragmas.threads = Math.max(0, Math.min(v, 8)));
    add(
        all,
        "wal_autocheckpoint",
        true,
        c -> c.database(0).pager.database().autoCheckpoint(),
        (c, v) -> c.database(0).pager.database().setAutoCheckpoint((int) Math.max(0, v)));
    all.put(
        "busy_timeout",
        new Number("timeout", true, Connection::busyTimeout, (c, v) -> c.busyTimeout((int) v)));
    add(
        all,
        "turso_operator_memory",
        true,
        c -> c.pragmas.operatorMemory,
        (c, v) -> c.pragmas.operatorMemory = v <= 0 ? OperatorSpace.defaultBytes() : v);
    all.put("journal_size_limit", new JournalSizeLimit());
    all.put("temp_store", new TempStore());
    all.put("secure_delete", new SecureDelete());
    all.put("locking_mode", new LockingMode());
  }

  /** Pages, or kibibytes when negative; connections share one cache, which may only grow. */
  private static void cacheSize(Connection connection, long value) {
    connection.pragmas.cacheSize = value;
    Pager pager = connection.database(0).pager;
    pager.wantCache(
        value < 0 ? Math.min(-value, Long.MAX_VALUE >> 10) << 10 : value * pager.pageSize());
  }

  private static void add(
      Map<String, PragmaHandler> all, String name, boolean answers, Reader r, Writer w) {
    all.put(name, new Number(name, answers, r, w));
  }

  /**
   * A number.
   *
   * @param answers whether setting it gives the new value
   */
  private record Number(String column, boolean answers, Reader reader, Writer writer)
      implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return argument == null || answers ? List.of(column) : List.of();
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      if (argument != null) {
        writer.set(connection, PragmaValues.number(argument, 0));
        if (!answers) {
          return List.of();
        }
      }
      return PragmaValues.one(reader.get(connection));
    }
  }

  /** Of one database of the connection. */
  private static final class JournalSizeLimit implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return List.of("journal_size_limit");
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      CommitSettings settings = FilePragmas.database(connection, schema).pager.commitSettings();
      if (argument != null) {
        settings.setJournalLimit(PragmaValues.number(argument, 0));
      }
      return PragmaValues.one(settings.journalLimit());
    }
  }

  private static final class TempStore implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return argument == null ? List.of("temp_store") : List.of();
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      if (argument == null) {
        return PragmaValues.one(connection.pragmas.tempStore);
      }
      if (Names.same(argument, "memory")) {
        connection.pragmas.tempStore = 2;
      } else if (Names.same(argument, "file")) {
        connection.pragmas.tempStore = 1;
      } else {
        long number = PragmaValues.number(argument, 0);
        connection.pragmas.tempStore = number == 1 || number == 2 ? (int) number : 0;
      }
      return List.of();
    }
  }

  private static final class SecureDelete implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return List.of("secure_delete");
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      AttachedDatabase named = schema == null ? null : connection.database(schema);
      if (argument != null) {
        int mode = Names.same(argument, "fast") ? 2 : PragmaValues.truth(argument) ? 1 : 0;
        for (AttachedDatabase each : connection.databases()) {
          if (named == null || each == named) {
            each.secureDelete(mode);
          }
        }
      }
      return PragmaValues.one((named == null ? connection.database(0) : named).secureDelete());
    }
  }

  private static final class LockingMode implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return List.of("locking_mode");
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      boolean exclusive = argument != null && Names.same(argument, "exclusive");
      boolean set = exclusive || argument != null && Names.same(argument, "normal");
      String asked = schema == null ? "main" : schema;
      boolean inForce = false;
      for (AttachedDatabase each : connection.databases()) {
        boolean named = Names.same(each.name, asked);
        if (set && (named || schema == null)) {
          each.pager.keepLocks(exclusive);
        }
        inForce |= named && each.pager.keepsLocks();
      }
      return PragmaValues.one(inForce ? "exclusive" : "normal");
    }
  }
}
