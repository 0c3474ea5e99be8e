package dev.turso.cli.terminal;

import dev.turso.sql.parse.Completeness;
import dev.turso.sql.token.Tokenizer;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Says where a word is, for completion, and whether a statement is complete: if not, Enter begins a new
 * line of it instead of running it.
 */
final class StatementParser implements Parser {

  /**
   * A line with the word at the cursor.
   *
   * @param start where the word starts
   */
  record WordAtCursor(String line, int cursor, int start) implements CompletingParsedLine {

    @Override
    public String word() {
      return line.substring(start, cursor);
    }

    @Override
    public int wordCursor() {
      return cursor - start;
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word());
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor();
    }

    @Override
    public int rawWordLength() {
      return wordCursor();
    }
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && isOpen(line)) {
      throw new EOFError(-1, -1, "a statement is open", ";");
    }
    int start = cursor;
    boolean command = line.startsWith(".");
    while (start > 0 && isWordPart(line.charAt(start - 1), command)) {
      start--;
    }
    return new WordAtCursor(line, cursor, start);
  }

  private static boolean isOpen(String line) {
    boolean alone = line.isBlank() || line.startsWith(".") || line.startsWith("#");
    boolean ended = line.endsWith("\n/") || line.endsWith("\ngo");
    return !alone && !ended && !Completeness.isComplete(line);
  }

  private static boolean isWordPart(char c, boolean command) {
    return Tokenizer.isIdentifierPart(c) || command && (c == '.' || c == '/' || c == '-');
  }
}
