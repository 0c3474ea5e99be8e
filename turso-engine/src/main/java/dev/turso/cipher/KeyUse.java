package dev.turso.cipher;

/**
 * Counts how many pages have been encrypted with the key of a file, by all processes together.
 *
 * <p>The count stands in the header of the file and runs ahead of the truth: a process adds a thousand
 * to it with the commit that writes the first page, and may then encrypt so many pages without writing
 * it again. What a process has reserved and not used is lost when it ends; what one transaction
 * encrypts beyond its reserve is added by its own commit, or by the next. Thread-safe.
 *
 * @see <a href="https://csrc.nist.gov/pubs/sp/800/38/d/final">SP 800-38D, 8.3: at most 2^32
 *     encryptions with random nonces</a>
 */
final class KeyUse {

  static final long LIMIT = 0xffff_ffffL;

  /** From here on the log is told. */
  static final long WORN = LIMIT / 4 * 3;

  private static final int RESERVE = 1024;

  private final String file;
  private long counted;
  private long spare;
  private boolean warned;

  KeyUse(String file) {
    this.file = file;
  }

  synchronized void encrypted() {
    spare--;
  }

  /** What the header of the file says, which another process may have written. */
  void seen(long count) {
    boolean worn;
    synchronized (this) {
      counted = Math.max(counted, count);
      worn = isNewlyWorn();
    }
    warnIf(worn);
  }

  synchronized boolean wantsReserve() {
    return spare < RESERVE / 4;
  }

  /** Takes another reserve if there is need. Returns what the header is to say. */
  long reserved() {
    boolean worn;
    long count;
    synchronized (this) {
      if (spare < RESERVE / 2) {
        counted = Math.min(LIMIT, counted + RESERVE - spare);
        spare = RESERVE;
      }
      count = counted;
      worn = isNewlyWorn();
    }
    warnIf(worn);
    return count;
  }

  private boolean isNewlyWorn() {
    if (warned || counted < WORN) {
      return false;
    }
    warned = true;
    return true;
  }

  private void warnIf(boolean worn) {
    if (worn) {
      System.getLogger("dev.turso.cipher")
          .log(
              System.Logger.Level.WARNING,
              "The key of {0} has encrypted more than three quarters of the 2^32 pages that are safe"
                  + " with one key. Give the file another key, or the same again, with"
                  + " PRAGMA hexrekey.",
              file);
    }
  }
}
