/**
 * The functions of SQL: what they are called, what they compute, and how an application adds one.
 *
 * <pre>
 *   name, argument count ──FunctionRegistry──► FunctionDefinition (Signature with traits)
 *      ├ ScalarDefinition ── ScalarFunction.call(context, arguments, count, result)
 *      ├ AggregateDefinition ── AggregateFunction.create(context)
 *      │                              ──► Accumulator: step, inverse, value
 *      └ WindowDefinition ── a WindowKind, which the executor implements
 * </pre>
 *
 * <p>The built-in functions come in families, one package each ({@code text}, {@code math}, {@code
 * date}, {@code aggregate}, {@code json}), all of which see only this package; within a family a
 * number says which function an instance is, so that the whole table costs a few classes at start
 * and no lambda. Functions know nothing of how they are executed: they see {@link
 * dev.turso.value.Register}s, and of the world only what {@link
 * dev.turso.function.StatementEnvironment} shows them.
 *
 * <p>Invariants.
 *
 * <ol> <li>A function has no state of its own; a call site's memory is its {@link
 * dev.turso.function.CallContext}, a group's is its {@link dev.turso.function.Accumulator}.
 * <li>Asking an accumulator for its value does not end it. <li>step followed by inverse of the same
 * row leaves the state as it was, for invertible functions. <li>Time and randomness come from the
 * environment only.
 * </ol>
 *
 * <p>Start with {@link dev.turso.function.ScalarFunction} and {@code dev.turso.function.builtin},
 * which puts the families together.
 */
@NullMarked
package dev.turso.function;

import org.jspecify.annotations.NullMarked;
