/**
 * Flyway by URL, and its {@code clean} on a schema with materialized views. Migrations through a
 * DataSource need nothing: Flyway goes by the product's name.
 */
@NullMarked
package dev.turso.spring.flyway;

import org.jspecify.annotations.NullMarked;
