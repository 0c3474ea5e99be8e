package dev.turso.sql.ast;

/** A query as a statement of its own; {@code VALUES …} is one too. */
public record SelectStatement(Select select) implements Statement {}
