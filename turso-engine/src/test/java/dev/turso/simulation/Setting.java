package dev.turso.simulation;

import java.util.Random;

/**
 * What a simulation is about.
 *
 * @param journal of the first file, and of the second
 * @param processes how many, with so many clients each
 */
record Setting(
    int pageSize,
    String autoVacuum,
    String encoding,
    String journal,
    String secondJournal,
    String synchronous,
    long cacheBytes,
    int autoCheckpoint,
    int busyTimeout,
    int processes,
    int clients) {

  private static final String[] JOURNALS = {"WAL", "WAL", "WAL", "DELETE", "TRUNCATE", "PERSIST"};
  private static final String[] SYNCHRONOUS = {"FULL", "FULL", "FULL", "NORMAL", "EXTRA", "NORMAL"};

  static Setting of(Random random) {
    int[] pageSizes = {512, 512, 1024, 1024, 4096};
    int pageSize = pageSizes[random.nextInt(pageSizes.length)];
    String[] vacuums = {"NONE", "FULL", "INCREMENTAL"};
    String[] encodings = {"UTF-8", "UTF-8", "UTF-16le"};
    String journal = JOURNALS[random.nextInt(JOURNALS.length)];
    boolean alike = random.nextInt(3) > 0;
    return new Setting(
        pageSize,
        vacuums[random.nextInt(3)],
        encodings[random.nextInt(3)],
        journal,
        alike ? journal : JOURNALS[random.nextInt(JOURNALS.length)],
        random.nextInt(12) == 0 ? "OFF" : SYNCHRONOUS[random.nextInt(SYNCHRONOUS.length)],
        pageSize * (random.nextBoolean() ? 8L : 400L),
        random.nextInt(3) == 0 ? 10 : 100 + random.nextInt(100),
        random.nextInt(3) == 0 ? 30 : 0,
        1 + random.nextInt(3),
        1 + random.nextInt(3));
  }
}
