package dev.turso.exec.expression;

import dev.turso.function.StatementEnvironment;

/** The environment of a frame that nobody gave one: asking it for anything is a mistake of ours. */
final class NoEnvironment implements StatementEnvironment {

  static final NoEnvironment INSTANCE = new NoEnvironment();

  private NoEnvironment() {}

  private static IllegalStateException none() {
    return new IllegalStateException("this frame has no environment");
  }

  @Override
  public long currentTimeMillis() {
    throw none();
  }

  @Override
  public java.time.ZoneId zone() {
    throw none();
  }

  @Override
  public long random() {
    throw none();
  }

  @Override
  public void randomBytes(byte[] bytes) {
    throw none();
  }

  @Override
  public long changes() {
    throw none();
  }

  @Override
  public long totalChanges() {
    throw none();
  }

  @Override
  public long lastInsertRowId() {
    throw none();
  }

  @Override
  public boolean likeIsCaseSensitive() {
    return false;
  }
}
