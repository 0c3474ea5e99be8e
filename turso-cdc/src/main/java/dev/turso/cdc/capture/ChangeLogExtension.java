package dev.turso.cdc.capture;

import dev.turso.change.AttachedExtension;
import dev.turso.change.DatabaseExtension;
import dev.turso.change.ExtensionHost;

/** Adds the change log to every database; found by the service loader. */
public final class ChangeLogExtension implements DatabaseExtension {

  @Override
  public String name() {
    return "turso-cdc";
  }

  @Override
  public AttachedExtension attach(ExtensionHost host) {
    return new AttachedChangeLog(host);
  }
}
