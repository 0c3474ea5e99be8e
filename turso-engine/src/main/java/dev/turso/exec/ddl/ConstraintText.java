package dev.turso.exec.ddl;

import dev.turso.error.CorruptException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.schema.Names;
import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where constraints stand in the text of a CREATE TABLE statement, and that text without one or with
 * one more.
 *
 * <p>Works on tokens, not on the parsed tree: the text may be one that {@code writable_schema} put
 * there and that no longer parses. Everything outside the change stays as written.
 *
 * <p>Source: <a href="https://www.sqlite.org/lang_altertable.html">ALTER TABLE</a>.
 */
final class ConstraintText {

  /** A token with the number of parentheses around it; those of the column list are the first. */
  private record Word(Token token, int start, int end, int depth) {}

  private static final Word NOTHING = new Word(Token.END_OF_INPUT, -1, -1, 0);

  private final String sql;
  private final List<Word> words = new ArrayList<>();
  private final int first;

  ConstraintText(String sql) {
    this.sql = sql;
    Tokenizer tokens = new Tokenizer(sql, 0);
    int depth = 0;
    int opening = -1;
    for (Token token = tokens.next(); token != Token.END_OF_INPUT; token = tokens.next()) {
      if (token == Token.RIGHT_PAREN) {
        depth--;
      }
      words.add(new Word(token, tokens.start(), tokens.end(), depth));
      if (token == Token.LEFT_PAREN) {
        if (opening < 0) {
          opening = words.size();
        }
        depth++;
      }
    }
    if (opening < 0) {
      throw malformed();
    }
    first = opening;
  }

  private static CorruptException malformed() {
    return new CorruptException(ResultCode.CORRUPT, "database disk image is malformed");
  }

  private Word word(int at) {
    return at < words.size() ? words.get(at) : NOTHING;
  }

  private boolean is(int at, Token token) {
    return word(at).token == token;
  }

  /** Whether the column list ends before a word. */
  private boolean isClosed(int at) {
    return at >= words.size() || word(at).depth == 0;
  }

  // ---- whole clauses ----

  /** The text with a constraint behind the last one. */
  String withTableConstraint(String constraint) {
    int at = first;
    while (!isClosed(at)) {
      at++;
    }
    if (at >= words.size()) {
      throw malformed();
    }
    int end = word(at).start;
    return sql.substring(0, end) + ", " + constraint + sql.substring(end);
  }

  /** The text with a constraint at the end of a column's definition. */
  String withColumnConstraint(int column, String constraint) {
    int at = startOfColumn(column);
    while (!isClosed(at) && !(is(at, Token.COMMA) && word(at).depth == 1)) {
      at++;
    }
    if (at >= words.size()) {
      throw malformed();
    }
    int end = word(at).start;
    return sql.substring(0, end) + " " + constraint + sql.substring(end);
  }

  private int startOfColumn(int column) {
    int at = first;
    for (int left = column; left > 0 && !isClosed(at); at++) {
      if (is(at, Token.COMMA) && word(at).depth == 1) {
        left--;
      }
    }
    return at;
  }

  /**
   * The text without the first NOT NULL of a column, or as it is. As in SQLite, NOT DEFERRABLE is taken
   * for one; it says nothing that would not hold without it.
   */
  String withoutNotNull(int column) {
    int begin = startOfColumn(column);
    for (int at = begin + 1; !isClosed(at); at++) {
      if (word(at).depth > 1) {
        continue;
      }
      if (is(at, Token.COMMA)) {
        break;
      }
      if (is(at, Token.NOT)) {
        boolean named = at - 2 > begin && is(at - 2, Token.CONSTRAINT);
        return without(named ? at - 2 : at, conflictClause(at + 2));
      }
    }
    return sql;
  }

  /** Whether a constraint has this name. */
  boolean hasConstraint(String name) {
    return find(name) >= 0;
  }

  private int find(String name) {
    for (int at = first; !isClosed(at); at++) {
      if (word(at).depth == 1 && is(at, Token.CONSTRAINT) && named(at + 1, name)) {
        return at;
      }
    }
    return -1;
  }

  private boolean named(int at, String name) {
    Word word = word(at);
    return word.start >= 0
        && Names.same(Identifiers.unquoted(sql.substring(word.start, word.end)), name);
  }

  /** The text without a named constraint. */
  @Nullable String withoutConstraint(String name) {
    int at = find(name);
    if (at < 0) {
      return null;
    }
    int body = at + 2;
    int end =
        switch (word(body).token) {
          case CHECK -> conflictClause(behindParentheses(body + 1));
          case NOT -> conflictClause(body + 2);
          case REFERENCES -> endOfReference(body + 2);
          case FOREIGN -> endOfReference(reference(body));
          case UNIQUE, PRIMARY, NULL ->
              throw new SqlException("constraint may not be dropped: " + name);
          default -> body;
        };
    return without(at, end);
  }

  private int reference(int foreign) {
    int at = foreign;
    while (!isClosed(at) && !(is(at, Token.REFERENCES) && word(at).depth == 1)) {
      at++;
    }
    return at + 2;
  }

  private int behindParentheses(int at) {
    if (!is(at, Token.LEFT_PAREN)) {
      return at;
    }
    int depth = word(at).depth;
    int end = at + 1;
    while (end < words.size() && word(end).depth > depth) {
      end++;
    }
    return Math.min(end + 1, words.size());
  }

  private int conflictClause(int at) {
    return is(at, Token.ON) && is(at + 1, Token.CONFLICT) ? at + 3 : at;
  }

  /** Behind the columns and actions of a REFERENCES clause whose table's name has been read. */
  private int endOfReference(int from) {
    int at = behindParentheses(from);
    while (!isClosed(at)) {
      switch (word(at).token) {
        case ON -> at += is(at + 2, Token.SET) || is(at + 2, Token.NO) ? 4 : 3;
        case MATCH, INITIALLY -> at += 2;
        case DEFERRABLE -> at++;
        case NOT -> {
          if (!is(at + 1, Token.DEFERRABLE)) {
            return at;
          }
          at += 2;
        }
        default -> {
          return at;
        }
      }
    }
    return Math.min(at, words.size());
  }

  /** Takes words out, with the space around them and with the comma before that has no use left. */
  private String without(int from, int to) {
    Word before = word(from - 1);
    Word next = word(to);
    boolean ends = next.token == Token.COMMA || next.token == Token.RIGHT_PAREN;
    int kept = ends && before.token == Token.COMMA ? before.start : before.end;
    int rest = next.start < 0 ? sql.length() : next.start;
    return sql.substring(0, kept) + (ends ? "" : " ") + sql.substring(rest);
  }
}
