/**
 * For tests of applications: a database that is fresh in each test.
 *
 * <p>{@link dev.turso.spring.test.TursoTest} on a Spring test gives its context a database in memory.
 * What stands in it once the context has started, migrations and all, is kept as an image, and put back
 * before each test in one transaction: pool, listeners and live queries stay open. Needs {@code
 * spring-boot-test}, which every test of an application brings.
 */
@NullMarked
package dev.turso.spring.test;

import org.jspecify.annotations.NullMarked;
