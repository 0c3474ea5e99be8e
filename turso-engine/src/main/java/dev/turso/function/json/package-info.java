/**
 * JSON: text and its binary form JSONB, and every function on them.
 *
 * <p>Each function works on JSONB; text is translated on the way in and out.
 *
 * <pre>
 *   text ──JsonTextParser──► JSONB in a JsonBytes ──JsonTextWriter──► text, minified or pretty
 *                              │  ▲
 *            JsonPath: $.a[0]  │  │ insert, replace, set, remove (JsonEditor)
 *            JsonRows          │  │ merge (JsonPatch)
 *                              ▼  │
 *            JsonValues: SQL value ↔ element
 * </pre>
 *
 * <p>JSONB is SQLite's: an element is a header (type in the low half of the first byte, the size of
 * the payload in the high half or in the 1, 2, 4 or 8 bytes behind it) and a payload; arrays and
 * objects are the elements they hold, one behind the other. Numbers and strings are their text, so
 * that a translation there and back changes nothing but white space and JSON5 spellings.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>J1: what {@link dev.turso.function.json.JsonTextParser} produces is valid JSONB and nests
 * no
 *       deeper than {@code JsonTextParser.MAXIMUM_DEPTH}; JSONB from a user's blob may be anything,
 *       and reading it fails with "malformed JSON", never otherwise.
 *   <li>J2: headers are as short as their size allows.
 *   <li>J3: a result that is JSON text carries {@link dev.turso.function.json.Jsonb#SUBTYPE}.
 * </ol>
 *
 * <p>Sources: <a href="https://www.sqlite.org/json1.html">JSON Functions And Operators</a>, <a
 * href="https://www.sqlite.org/jsonb.html">The JSONB Format</a>, <a
 * href="https://spec.json5.org">JSON5</a>, RFC 8259, RFC 7396.
 */
@NullMarked
package dev.turso.function.json;

import org.jspecify.annotations.NullMarked;
