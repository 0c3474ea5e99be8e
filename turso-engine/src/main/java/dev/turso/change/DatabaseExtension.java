package dev.turso.change;

/** What a module adds to every database; found by {@link java.util.ServiceLoader}. */
public interface DatabaseExtension {

  /** The module's name, for messages. */
  String name();

  /** Called once when a database is opened. */
  AttachedExtension attach(ExtensionHost host);
}
