package dev.turso.session;

import dev.turso.schema.Table;

/**
 * How a statement was compiled to read a materialized view.
 *
 * @param asQuery whether as its defining query, the stored rows not being current
 */
record ViewRead(Table view, boolean asQuery) {}
