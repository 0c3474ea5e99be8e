/**
 * Bugs that the engine does not have, planted one at a time in the bytecode of one method, so that a
 * test can show that it would find them. The engine's own code has no place for them.
 *
 * <p>A {@link dev.turso.mutation.Mutation} says where, and {@link dev.turso.mutation.Changes} what is
 * changed; a {@link dev.turso.mutation.ReloadingLoader} loads the engine anew, and a {@link
 * dev.turso.mutation.MutatingLoader} with such a bug.
 */
@NullMarked
package dev.turso.mutation;

import org.jspecify.annotations.NullMarked;
