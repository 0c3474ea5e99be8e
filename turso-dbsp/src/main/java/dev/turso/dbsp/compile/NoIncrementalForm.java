package dev.turso.dbsp.compile;

/** Some part of a query can only be evaluated anew. Never leaves this module. */
public final class NoIncrementalForm extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** @param what the part, as EXPLAIN names it */
  public NoIncrementalForm(String what) {
    super(what, null, false, false);
  }
}
