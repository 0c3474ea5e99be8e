/**
 * Further databases, {@code turso.databases.NAME.*}, beside the primary data source, ours or another's.
 *
 * <p>Each gives beans {@code NAMEDataSource}, {@code NAMETransactionManager}, {@code NAMEJdbcClient},
 * {@code NAMEDatabase} and {@code NAMELiveQueryTemplate}, injected with {@code @Qualifier("NAME")}.
 * None is a default candidate, so what Boot configures for the primary one stays as it is.
 */
@NullMarked
package dev.turso.spring.named;

import org.jspecify.annotations.NullMarked;
