/**
 * What an operator does with a database: as a bean, and as the actuator endpoint {@code turso}.
 *
 * <p>Everything is plain SQL on a session of its own, outside the pool. Over HTTP and JMX a backup goes
 * only into the folder {@code turso.backup-directory}, under a name without a path.
 */
@NullMarked
package dev.turso.spring.operate;

import org.jspecify.annotations.NullMarked;
