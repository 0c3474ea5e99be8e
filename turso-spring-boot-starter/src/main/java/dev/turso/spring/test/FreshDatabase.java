package dev.turso.spring.test;

import dev.turso.Database;
import dev.turso.Session;
import dev.turso.spring.event.RowChangeRecorder;
import org.jspecify.annotations.Nullable;

/** The image of a context's database, taken once and put back before each test. Thread-safe. */
final class FreshDatabase {

  private static final int WAIT_MILLIS = 20_000;

  private final Database database;
  private final RowChangeRecorder recorder;
  private byte @Nullable [] image;
  private boolean touched;

  FreshDatabase(Database database, RowChangeRecorder recorder) {
    this.database = database;
    this.recorder = recorder;
  }

  /** Keeps the database as it is now, unless that is done. */
  synchronized void keep() {
    if (image == null) {
      try (Session session = database.connect()) {
        session.busyTimeout(WAIT_MILLIS);
        image = session.serialize("main");
      }
    }
  }

  /** Puts the kept database back, once listeners have been told of what the last test did. */
  synchronized void restore() {
    keep();
    byte[] kept = image;
    if (touched && kept != null) {
      recorder.awaitDelivered();
      try (Session session = database.connect()) {
        session.busyTimeout(WAIT_MILLIS);
        session.deserialize("main", kept);
      }
      recorder.awaitDelivered();
    }
    touched = true;
    recorder.clear();
  }
}
