package dev.turso.vfs;

/** The power is gone: thrown by every operation from the chosen one on. */
public final class PowerCut extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PowerCut(int point) {
    super("power cut at operation " + point, null, false, false);
  }
}
