/**
 * Spring Boot meets the engine: an auto-configuration class per concern.
 *
 * <p>{@code TursoDataSourceAutoConfiguration} contributes connection details, and Boot builds its own
 * pool from them, so everything of Boot's keeps working. {@code TursoDatabaseAutoConfiguration} holds
 * the database open for the application's life and offers it as a bean, next to row change events
 * ({@link dev.turso.spring.event}) and live queries ({@link dev.turso.spring.live}; declared on methods:
 * {@link dev.turso.spring.query}, served to browsers: {@link dev.turso.spring.web}). Meters and health
 * are in {@link dev.turso.spring.observe}, what an operator does in {@link dev.turso.spring.operate}, what
 * statements run in {@link dev.turso.spring.statement}, further databases in {@link
 * dev.turso.spring.named}, a page for developers in {@link dev.turso.spring.console}, tests of
 * applications in {@link dev.turso.spring.test}. {@code dev.turso.spring.start} runs before all of
 * it, on older Java too.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>S1: nothing here is needed to use the driver; nothing below this module knows Spring.
 *   <li>S2: listeners and live queries start after migrations and stop before the pool closes.
 *   <li>S3: properties live under {@code turso.*}.
 * </ol>
 */
@NullMarked
package dev.turso.spring;

import org.jspecify.annotations.NullMarked;
