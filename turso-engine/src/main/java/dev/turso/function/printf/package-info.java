/**
 * {@code format()}, also called {@code printf()}.
 *
 * <pre>
 *   PrintfFunction   walks the format string
 *     Conversion     one %-specification: flags, width, precision, letter
 *       IntegerConversion  d i u x X o p r
 *       FloatConversion    f e E g G
 *       TextConversion     s z c q Q w
 * </pre>
 */
@NullMarked
package dev.turso.function.printf;

import org.jspecify.annotations.NullMarked;
