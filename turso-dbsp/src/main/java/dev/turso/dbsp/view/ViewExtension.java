package dev.turso.dbsp.view;

import dev.turso.change.AttachedExtension;
import dev.turso.change.DatabaseExtension;
import dev.turso.change.ExtensionHost;

/** Adds materialized views to every database. */
public final class ViewExtension implements DatabaseExtension {

  /** For {@link java.util.ServiceLoader}. */
  public ViewExtension() {}

  @Override
  public String name() {
    return "turso-dbsp";
  }

  @Override
  public AttachedExtension attach(ExtensionHost host) {
    return new AttachedViews(host);
  }
}
