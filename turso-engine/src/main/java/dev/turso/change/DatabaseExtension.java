package dev.turso.change;

/**
 * What a module adds to every database; found by {@link java.util.ServiceLoader}. One instance serves
 * all databases of the JVM, at the same time: what it has to keep is in what it attaches.
 */
public interface DatabaseExtension {

  /** The module's name, for messages. */
  String name();

  /** Called once for each database that is opened. */
  AttachedExtension attach(ExtensionHost host);
}
