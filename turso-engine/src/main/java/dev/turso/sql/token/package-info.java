/**
 * Text into tokens, exactly as SQLite cuts it.
 *
 * <p>{@link dev.turso.sql.token.Tokenizer} walks a text and gives a {@link
 * dev.turso.sql.token.Token} at a time: a kind, and where it starts and ends. What SQLite would not
 * recognise (an unterminated string, {@code 12abc}, {@code x'1'}) is one {@link
 * dev.turso.sql.token.Token#ILLEGAL} token; whoever reads it turns that into the error.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>T1: the tokenizer never throws and always moves forward; its work is linear in the text.
 *   <li>T2: keywords are found in ASCII of any case; a quoted word is never a keyword.
 *   <li>T3: {@code WINDOW}, {@code OVER} and {@code FILTER} are reported as keywords everywhere;
 *       whether they are names here depends on their neighbours, which the parser looks at.
 * </ol>
 *
 * <p>Rules: <a href="https://www.sqlite.org/draft/tokenreq.html">Tokenizer requirements</a> and <a
 * href="https://www.sqlite.org/lang_keywords.html">SQLite Keywords</a>.
 */
@NullMarked
package dev.turso.sql.token;

import org.jspecify.annotations.NullMarked;
