/**
 * What Boot prints when the start fails on the likeliest mistakes: what happened and what to do.
 *
 * <p>Registered in {@code spring.factories}; each looks for one kind of cause.
 */
@NullMarked
package dev.turso.spring.failure;

import org.jspecify.annotations.NullMarked;
