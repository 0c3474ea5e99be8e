package dev.turso.dbsp.subscribe;

import dev.turso.change.AttachedExtension;
import dev.turso.change.DatabaseExtension;
import dev.turso.change.ExtensionHost;

/** Adds live queries to every database. */
public final class LiveQueryExtension implements DatabaseExtension {

  /** For {@link java.util.ServiceLoader}. */
  public LiveQueryExtension() {}

  @Override
  public String name() {
    return "turso-dbsp live queries";
  }

  @Override
  public AttachedExtension attach(ExtensionHost host) {
    return new AttachedLiveQueries(host);
  }
}
