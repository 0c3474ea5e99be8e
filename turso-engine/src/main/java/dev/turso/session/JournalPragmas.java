package dev.turso.session;

import dev.turso.error.BusyException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.pager.JournalMode;
import dev.turso.pager.Synchronous;
import dev.turso.schema.Names;
import dev.turso.value.Value;
import dev.turso.wal.CheckpointMode;
import dev.turso.wal.CheckpointResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pragmas about how databases keep their commits. */
final class JournalPragmas {

  private JournalPragmas() {}

  static void addTo(Map<String, PragmaHandler> all) {
    all.put("journal_mode", new JournalModePragma());
    all.put("synchronous", new SynchronousPragma());
    all.put("wal_checkpoint", new WalCheckpoint());
  }

  /** Of one database, or without a name: answers for main, and sets all of them, main last. */
  private static final class JournalModePragma implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return List.of("journal_mode");
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      JournalMode wanted = named(argument);
      if (wanted == null || schema != null) {
        AttachedDatabase only = FilePragmas.database(connection, schema);
        return answer(wanted == null ? only.pager.journalMode() : set(connection, only, wanted));
      }
      List<AttachedDatabase> all = connection.databases();
      JournalMode inForce = wanted;
      for (int i = all.size() - 1; i >= 0; i--) {
        inForce = set(connection, all.get(i), wanted);
      }
      return answer(inForce);
    }

    private static @Nullable JournalMode named(@Nullable String argument) {
      for (JournalMode each : JournalMode.values()) {
        if (argument != null && Names.same(each.name(), argument)) {
          return each;
        }
      }
      return null;
    }

    /** A transaction that has changed something keeps its journal; the log begins and ends outside. */
    private static JournalMode set(
        Connection connection, AttachedDatabase database, JournalMode mode) {
      JournalMode now = database.pager.journalMode();
      if (mode == now || database.pager.isWriting()) {
        return now;
      }
      boolean log = mode == JournalMode.WAL || now == JournalMode.WAL;
      boolean quiet = connection.autoCommit() && !connection.readsInProgress();
      if (!quiet && log && !database.pager.database().isInMemory()) {
        throw new SqlException(
            "cannot change "
                + (mode == JournalMode.WAL ? "into" : "out of")
                + " wal mode from within a transaction");
      }
      if (quiet) {
        connection.releaseSnapshots();
      }
      return database.pager.setJournalMode(mode);
    }

    private static List<List<Value>> answer(JournalMode mode) {
      return PragmaValues.one(mode.name().toLowerCase(Locale.ROOT));
    }
  }

  private static final class SynchronousPragma implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return argument == null ? List.of("synchronous") : List.of();
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      AttachedDatabase database = FilePragmas.database(connection, schema);
      if (argument == null) {
        return PragmaValues.one(database.pager.synchronous().ordinal());
      }
      if (!connection.autoCommit()) {
        throw new SqlException("Safety level may not be changed inside a transaction");
      }
      database.pager.commitSettings().setSynchronous(level(argument));
      return List.of();
    }
  }

  /** The value of {@code PRAGMA synchronous}. */
  static Synchronous level(String argument) {
    return switch (Names.fold(argument)) {
      case "off", "0", "no", "false" -> Synchronous.OFF;
      case "full", "2" -> Synchronous.FULL;
      case "extra", "3" -> Synchronous.EXTRA;
      default -> Synchronous.NORMAL;
    };
  }

  private static final class WalCheckpoint implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return List.of("busy", "log", "checkpointed");
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      CheckpointMode mode = CheckpointMode.PASSIVE;
      for (CheckpointMode each : CheckpointMode.values()) {
        if (argument != null && Names.same(each.name(), argument)) {
          mode = each;
        }
      }
      CheckpointResult first = null;
      boolean busy = false;
      for (AttachedDatabase each : connection.databases()) {
        if (schema == null || Names.same(each.name, schema)) {
          CheckpointResult result = checkpoint(connection, each, mode);
          first = first == null ? result : first;
          busy |= result.busy();
        }
      }
      return first == null
          ? List.of()
          : List.of(PragmaValues.row(busy, first.logFrames(), first.checkpointedFrames()));
    }

    private static CheckpointResult checkpoint(
        Connection connection, AttachedDatabase database, CheckpointMode mode) {
      connection.releaseSnapshots();
      if (database.pager.isReading()) {
        throw new SqlException(ResultCode.LOCKED, "database table is locked");
      }
      try {
        return database.pager.checkpoint(mode);
      } catch (BusyException e) {
        return new CheckpointResult(true, -1, -1);
      }
    }
  }
}
