/**
 * Functions that look at any value, at the connection, or at chance: typeof, nullif, min and max of
 * several arguments, changes, random …, and those that are really forms of control (coalesce, iif).
 */
@NullMarked
package dev.turso.function.core;

import org.jspecify.annotations.NullMarked;
