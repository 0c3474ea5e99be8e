/**
 * Regular expressions: the function behind the operator REGEXP, and four more. SQLite leaves REGEXP
 * to the application; Turso has these built in.
 */
@NullMarked
package dev.turso.function.regexp;

import org.jspecify.annotations.NullMarked;
