/**
 * Functions on UUIDs (RFC 9562): 16-byte blobs, with a text form. They are not SQLite's; Turso has
 * them.
 */
@NullMarked
package dev.turso.function.uuid;

import org.jspecify.annotations.NullMarked;
