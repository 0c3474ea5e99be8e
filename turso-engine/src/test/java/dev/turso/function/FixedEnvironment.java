package dev.turso.function;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/** An environment whose clock stands still and whose chance is seeded. */
public final class FixedEnvironment implements StatementEnvironment {

  private final SplittableRandom random = new SplittableRandom(1);
  public long now = 1_700_000_000_123L;
  public ZoneId zone = ZoneOffset.UTC;

  @Override
  public long currentTimeMillis() {
    return now;
  }

  @Override
  public ZoneId zone() {
    return zone;
  }

  @Override
  public long random() {
    return random.nextLong();
  }

  @Override
  public void randomBytes(byte[] bytes) {
    random.nextBytes(bytes);
  }

  @Override
  public long changes() {
    return 7;
  }

  @Override
  public long totalChanges() {
    return 8;
  }

  @Override
  public long lastInsertRowId() {
    return 9;
  }

  @Override
  public boolean likeIsCaseSensitive() {
    return false;
  }
}
