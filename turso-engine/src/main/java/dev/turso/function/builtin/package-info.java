/**
 * All families of built-in functions put together into the one registry that a session starts from.
 */
@NullMarked
package dev.turso.function.builtin;

import org.jspecify.annotations.NullMarked;
