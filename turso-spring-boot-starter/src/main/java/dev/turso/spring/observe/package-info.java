/** What operators see: meters named {@code turso.*} and a health contributor. */
@NullMarked
package dev.turso.spring.observe;

import org.jspecify.annotations.NullMarked;
