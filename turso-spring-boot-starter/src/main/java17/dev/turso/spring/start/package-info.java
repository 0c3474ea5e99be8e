/**
 * What runs before anything else: the check of the JVM's release and the defaults of the environment.
 *
 * <p>Compiled for the oldest Java that Spring Boot runs on, and loading nothing of the engine, so that
 * a JVM that is too old gets a sentence and not a linkage error.
 */
package dev.turso.spring.start;
