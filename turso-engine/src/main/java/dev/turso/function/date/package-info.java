/**
 * Date and time functions: date, time, datetime, julianday, unixepoch, strftime, timediff.
 *
 * <pre>
 *   DateFunctions  the table of names
 *     DateTimeArguments  time value, then modifiers ──► DateTime
 *        TimeValue   'YYYY-MM-DD HH:MM:SS.SSS', julian day numbers, now
 *        Modifier    '+1 month', 'start of year', 'localtime' …
 *     DateTime       a moment: julian day in milliseconds, and its parts when somebody asks
 *     TimeFormat     strftime's conversions
 *     TimeDifference timediff
 * </pre>
 *
 * <p>Words. <i>Julian day</i>: days since noon in Greenwich on November 24, 4714 BC, by the
 * Gregorian calendar, which is used for all dates; here it is kept in milliseconds. <i>Raw</i>: a
 * number given as time value that may still turn out to be seconds since 1970.
 *
 * <p>Dates outside 0000-01-01 … 9999-12-31 give NULL. Calendar arithmetic is by integers and
 * doubles in just the order that makes every result SQLite's; {@code java.time} is asked only for
 * the offset of a zone.
 *
 * @see <a href="https://www.sqlite.org/lang_datefunc.html">Date and time functions</a>
 */
@NullMarked
package dev.turso.function.date;

import org.jspecify.annotations.NullMarked;
