/**
 * Spring Data JDBC's dialect: how it writes SQL for this database, and how it reads what is stored.
 *
 * <p>Found through {@code spring.factories} by the URL of the connection; nobody names it.
 */
@NullMarked
package dev.turso.spring.data;

import org.jspecify.annotations.NullMarked;
