package dev.turso.sharing;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cipher.EncryptionKey;
import java.util.Random;

/**
 * A process that moves amounts between accounts for a while, in several threads, and looks at their
 * sum: {@code TransfersProcess FILE SECONDS SEED THREADS [KEY]}. Prints how many transfers it made.
 */
public final class TransfersProcess {

  /** So many also where a slow machine takes all of the time to start. */
  private static final long LEAST = 5;

  static final int ACCOUNTS = 100;
  static final long TOTAL = 100_000;

  private TransfersProcess() {}

  public static void main(String[] arguments) throws Exception {
    long end = System.nanoTime() + Long.parseLong(arguments[1]) * 1_000_000_000L;
    Options options = Options.DEFAULT.withBusyTimeout(30_000);
    if (arguments.length > 4) {
      options = options.withEncryption(EncryptionKey.ofHex(null, arguments[4]));
    }
    int threads = Integer.parseInt(arguments[3]);
    long[] made = new long[threads];
    Throwable[] failures = new Throwable[threads];
    try (Database database = Database.open(arguments[0], options)) {
      Thread[] all = new Thread[threads];
      for (int i = 0; i < threads; i++) {
        int number = i;
        Random random = new Random(Long.parseLong(arguments[2]) + i);
        all[i] =
            Thread.ofPlatform()
                .start(() -> {
                  try (Session session = database.connect()) {
                    made[number] = transfers(session, random, end);
                  } catch (Throwable e) {
                    failures[number] = e;
                  }
                });
      }
      long sum = 0;
      for (int i = 0; i < threads; i++) {
        all[i].join();
        sum += made[i];
        if (failures[i] != null) {
          failures[i].printStackTrace();
          System.exit(1);
        }
      }
      System.out.println(sum);
    }
  }

  private static long transfers(Session session, Random random, long end) {
    long made = 0;
    while (made < LEAST || System.nanoTime() < end) {
      int from = random.nextInt(ACCOUNTS);
      int to = random.nextInt(ACCOUNTS);
      int amount = random.nextInt(50);
      session.execute(transfer(from, to, amount, random.nextInt(8) == 0 ? "ROLLBACK" : "COMMIT"));
      made++;
      if (made % 7 == 0) {
        check(session);
      }
      // A gap, as otherwise one process could keep the file to itself.
      Thread.yield();
    }
    return made;
  }

  static String transfer(int from, int to, int amount, String how) {
    return "BEGIN IMMEDIATE; UPDATE a SET n = n - "
        + amount
        + " WHERE id = "
        + from
        + "; INSERT INTO moves VALUES ("
        + amount
        + ", zeroblob(abs(random()) % 600)); UPDATE a SET n = n + "
        + amount
        + " WHERE id = "
        + to
        + "; DELETE FROM moves WHERE rowid < (SELECT max(rowid) FROM moves) - 200; "
        + how
        + ";";
  }

  private static void check(Session session) {
    try (Statement statement = session.prepare("SELECT sum(n), count(*) FROM a");
        Rows rows = statement.query()) {
      rows.next();
      if (rows.getLong(0) != TOTAL || rows.getLong(1) != ACCOUNTS) {
        throw new IllegalStateException(rows.getLong(0) + " in " + rows.getLong(1) + " accounts");
      }
    }
  }
}
