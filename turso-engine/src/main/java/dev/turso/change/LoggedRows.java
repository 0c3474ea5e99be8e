package dev.turso.change;

/**
 * Where a durable log has a transaction.
 *
 * @param first the id of its first row there
 * @param last the id of the row that ends it
 */
public record LoggedRows(long first, long last) {}
