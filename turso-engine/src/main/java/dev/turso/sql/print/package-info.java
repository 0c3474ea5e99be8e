/**
 * Trees into text.
 *
 * <p>{@link dev.turso.sql.print.SqlPrinter} writes any node of {@code dev.turso.sql.ast} as SQL on
 * one line: keywords in capitals, names as they are and quoted where they would not be read as
 * names, parentheses only where precedence asks for them.
 *
 * <p>Invariant R1: parsing what was printed gives the same tree, but for positions and for the text
 * that some nodes keep of how they were written.
 */
@NullMarked
package dev.turso.sql.print;

import org.jspecify.annotations.NullMarked;
