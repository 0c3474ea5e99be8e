package dev.turso.session;

import dev.turso.sql.parse.ParsedStatement;
import org.jspecify.annotations.Nullable;

/**
 * A text compiled.
 *
 * @param parsed null where the text holds no statement
 * @param program null likewise
 */
record Compiled(@Nullable ParsedStatement parsed, @Nullable Program program) {}
