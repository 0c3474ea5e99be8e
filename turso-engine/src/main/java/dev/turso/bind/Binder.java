package dev.turso.bind;

import dev.turso.function.FunctionRegistry;
import dev.turso.schema.Catalog;
import dev.turso.sql.ast.Select;

/**
 * Gives a statement its meaning under one catalog.
 *
 * <p>Everything bound by one binder shares its column ids: use one binder for a statement and what
 * belongs to it (the expressions of its target table), and another for the next statement. Used by
 * one thread.
 *
 * @see BinderSettings
 */
public final class Binder {

  private final BindContext context;

  public Binder(Catalog catalog, FunctionRegistry functions, BinderSettings settings) {
    this.context = new BindContext(catalog, functions, settings);
  }

  /**
   * A query.
   *
   * @throws dev.turso.error.SqlException if it means nothing, with SQLite's message
   */
  public BoundQuery bindSelect(Select select) {
    return new SelectBinder(context, null, Environment.STATEMENT, false).bind(select);
  }
}
