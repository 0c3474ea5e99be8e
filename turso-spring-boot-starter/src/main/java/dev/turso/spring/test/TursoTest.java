package dev.turso.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Each test method finds the database as it was when the application's context had started: migrated, and
 * without what other tests wrote. Beside {@code @SpringBootTest} or a slice such as {@code @JdbcTest}.
 *
 * <p>The database is in memory, whatever {@code spring.datasource.url} says, and no transaction is
 * opened: row changes are told as in production, and a {@link
 * dev.turso.spring.event.RowChangeRecorder} bean has those of the running test.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface TursoTest {}
