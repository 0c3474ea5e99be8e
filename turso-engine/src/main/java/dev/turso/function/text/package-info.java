/**
 * Functions on texts and blobs, and the matchers of LIKE and GLOB.
 *
 * <p>Everything works on slices of UTF-8 bytes; a {@code String} is never made. Where SQLite takes
 * a text to end at its first zero byte (length, substr, LIKE …) so do these.
 *
 * <pre>
 *   TextFunctions       the table of names, and the short ones
 *     Substring Trim Replacement Quoting Hexadecimal UnicodeEscape Soundex
 *   PatternFunctions    like(), glob()
 *     Pattern           a compiled pattern: cheap shapes recognised, the rest walked
 * </pre>
 */
@NullMarked
package dev.turso.function.text;

import org.jspecify.annotations.NullMarked;
