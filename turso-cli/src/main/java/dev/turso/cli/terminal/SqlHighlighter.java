package dev.turso.cli.terminal;

import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours what is typed: keywords, strings, numbers, comments and commands. */
final class SqlHighlighter implements Highlighter {

  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  private static final AttributedStyle KEYWORD = PLAIN.foreground(AttributedStyle.BLUE).bold();
  private static final AttributedStyle TEXT = PLAIN.foreground(AttributedStyle.GREEN);
  private static final AttributedStyle NUMBER = PLAIN.foreground(AttributedStyle.CYAN);
  private static final AttributedStyle COMMENT = PLAIN.foreground(AttributedStyle.BRIGHT);
  private static final AttributedStyle COMMAND = PLAIN.foreground(AttributedStyle.YELLOW);
  private static final AttributedStyle WRONG = PLAIN.foreground(AttributedStyle.RED);

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    if (buffer.startsWith(".")) {
      return new AttributedString(buffer, COMMAND);
    }
    AttributedStringBuilder out = new AttributedStringBuilder(buffer.length());
    Tokenizer tokenizer = new Tokenizer(buffer, 0);
    int at = 0;
    for (Token token = tokenizer.next(); token != Token.END_OF_INPUT; token = tokenizer.next()) {
      out.styled(COMMENT, buffer.substring(at, tokenizer.start()));
      out.styled(style(token), buffer.substring(tokenizer.start(), tokenizer.end()));
      at = tokenizer.end();
    }
    return out.styled(COMMENT, buffer.substring(Math.min(at, buffer.length())))
        .toAttributedString();
  }

  private static AttributedStyle style(Token token) {
    return switch (token) {
      case STRING, BLOB -> TEXT;
      case INTEGER, REAL -> NUMBER;
      case ILLEGAL -> WRONG;
      default -> token.isKeyword() ? KEYWORD : PLAIN;
    };
  }
}
