package dev.turso.sql.ast;

/** What follows OVER. */
public sealed interface Over {

  /** {@code OVER name}: the window as the WINDOW clause defines it. */
  record NamedWindow(Name name) implements Over {}

  /** {@code OVER (…)}. */
  record InlineWindow(WindowDefinition definition) implements Over {}
}
