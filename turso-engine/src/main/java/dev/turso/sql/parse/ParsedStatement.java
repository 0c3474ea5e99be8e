package dev.turso.sql.parse;

import dev.turso.sql.ast.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement taken from a text.
 *
 * @param start offset of its first token, in UTF-16 units
 * @param end offset after its last token; the semicolon is not part of it
 * @param next where to look for the next statement: after the semicolon, or the end of the text
 * @param parameterCount the largest parameter index, as {@code sqlite3_bind_parameter_count}
 * @param parameterNames for index i+1 its name with the first character; null where it has none
 */
public record ParsedStatement(
    Statement statement,
    int start,
    int end,
    int next,
    int parameterCount,
    List<@Nullable String> parameterNames) {}
