package dev.turso.cdc.read;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.Statement;
import java.time.Duration;

/** The main class of a process that {@link CursorKillTest} kills: it writes, or it reads, for ever. */
final class KilledProcess {

  private KilledProcess() {}

  public static void main(String[] arguments) throws Exception {
    try (Database database = Database.open(arguments[1], options())) {
      if (arguments[0].equals("writer")) {
        write(database);
      } else {
        read(database, Long.MAX_VALUE);
      }
    }
  }

  static Options options() {
    return Options.DEFAULT.withJournalMode("wal").withSynchronous("normal");
  }

  /** Two rows in each transaction. */
  private static void write(Database database) throws Exception {
    try (Session session = database.connect()) {
      session.busyTimeout(30_000);
      for (int i = 0; ; i++) {
        session.execute(
            "BEGIN IMMEDIATE; INSERT INTO t (a) VALUES (1); INSERT INTO t (a) VALUES (2); COMMIT");
        if (i == 0) {
          System.out.println("started");
        }
        Thread.sleep(2);
      }
    }
  }

  /** Notes what it reads, in the transaction of its cursor; ends when nothing came for some time. */
  static void read(Database database, long patienceMillis) throws Exception {
    ReaderOptions options = ReaderOptions.DEFAULT.tables("t").lease(Duration.ofMillis(1500));
    long last = System.currentTimeMillis();
    boolean told = false;
    try (ChangeLog log = ChangeLog.of(database);
        ChangeReader reader = log.reader("killed", options)) {
      while (System.currentTimeMillis() - last < patienceMillis) {
        if (handle(reader)) {
          last = System.currentTimeMillis();
          if (!told) {
            System.out.println("started");
            told = true;
          }
        }
      }
    }
  }

  private static boolean handle(ChangeReader reader) throws Exception {
    try {
      return reader.handle(Duration.ofMillis(200), KilledProcess::note);
    } catch (ChangeLogException e) {
      if (e.reason() == ChangeLogException.Reason.LEASE_LOST) {
        // A pause longer than the lease: the other reader has it, and what was begun is undone.
        return false;
      }
      throw e;
    }
  }

  private static void note(ChangeBatch batch, Session session) {
    for (ChangeRecord each : batch.changes()) {
      if (each.kind() != ChangeKind.DEFINITION) {
        try (Statement insert = session.prepare("INSERT INTO seen (id, change) VALUES (?, ?)")) {
          insert.bind(1, each.key()).bind(2, each.id()).run();
        }
      }
    }
  }
}
