/**
 * Time as a blob of nanosecond precision, with the functions of the sqlean time extension, which
 * Turso has built in. They are not SQLite's.
 *
 * <pre>
 *   byte 0      version, 1
 *   bytes 1–8   seconds since 0001-01-01 00:00 UTC, big-endian
 *   bytes 9–12  nanoseconds, big-endian
 * </pre>
 *
 * <p>Such blobs sort as the moments do, from year 1 on. A duration is an integer of nanoseconds.
 * What is no time, or out of range, gives NULL.
 */
@NullMarked
package dev.turso.function.time;

import org.jspecify.annotations.NullMarked;
