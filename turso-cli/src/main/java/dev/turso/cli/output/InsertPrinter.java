package dev.turso.cli.output;

import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.StringJoiner;

/** Each row an INSERT statement that puts it into a table. */
public final class InsertPrinter implements RowPrinter {

  private final ByteSink out;
  private final String start;
  private final boolean newlinesKept;

  InsertPrinter(OutputSettings settings, List<String> columns, ByteSink out) {
    this.out = out;
    newlinesKept = settings.newlinesKept();
    StringBuilder text = new StringBuilder("INSERT INTO ").append(settings.insertTable());
    if (settings.header()) {
      StringJoiner names = new StringJoiner(",", "(", ")");
      columns.forEach(each -> names.add(Texts.identifier(each)));
      text.append(names);
    }
    start = text.append(" VALUES(").toString();
  }

  @Override
  public void row(Value[] row) {
    out.print(start);
    for (int i = 0; i < row.length; i++) {
      if (i > 0) {
        out.print(',');
      }
      out.print(literal(row[i], newlinesKept));
    }
    out.print(");\n");
  }

  @Override
  public void end() {
    // rows are out already
  }

  /** A value as SQL; line breaks in a text as calls of replace(), unless they are kept. */
  public static byte[] literal(Value value, boolean newlinesKept) {
    return switch (value.tag()) {
      case Tag.NULL -> Texts.bytes("NULL");
      case Tag.INTEGER -> Texts.bytes(Long.toString(value.asLong()));
      case Tag.REAL -> Texts.bytes(Texts.literalReal(value.asDouble()));
      case Tag.TEXT -> text(Texts.of(value, new byte[0]), newlinesKept);
      default -> Texts.bytes(Texts.hexLiteral(value.asBytes()));
    };
  }

  private static byte[] text(byte[] text, boolean newlinesKept) {
    boolean feeds = contains(text, '\n');
    boolean returns = contains(text, '\r');
    if (newlinesKept || !feeds && !returns) {
      return Texts.quoted(text);
    }
    String feed = feeds ? unused(text, "\\n", "\\012") : "";
    String back = returns ? unused(text, "\\r", "\\015") : "";
    ByteArrayOutputStream to = new ByteArrayOutputStream(text.length + 64);
    to.writeBytes(Texts.bytes((feeds ? "replace(" : "") + (returns ? "replace(" : "")));
    ByteArrayOutputStream inner = new ByteArrayOutputStream(text.length + 16);
    for (byte each : text) {
      switch (each) {
        case '\n' -> inner.writeBytes(Texts.bytes(feed));
        case '\r' -> inner.writeBytes(Texts.bytes(back));
        default -> inner.write(each);
      }
    }
    to.writeBytes(Texts.quoted(inner.toByteArray()));
    if (returns) {
      to.writeBytes(Texts.bytes(",'" + back + "',char(13))"));
    }
    if (feeds) {
      to.writeBytes(Texts.bytes(",'" + feed + "',char(10))"));
    }
    return to.toByteArray();
  }

  private static boolean contains(byte[] text, char wanted) {
    for (byte each : text) {
      if (each == wanted) {
        return true;
      }
    }
    return false;
  }

  /** A mark that does not occur in the text. */
  private static String unused(byte[] text, String first, String second) {
    String whole = new String(text, java.nio.charset.StandardCharsets.ISO_8859_1);
    if (!whole.contains(first)) {
      return first;
    }
    if (!whole.contains(second)) {
      return second;
    }
    for (int i = 0; ; i++) {
      String mark = "(" + second.substring(1) + i + ")";
      if (!whole.contains(mark)) {
        return mark;
      }
    }
  }
}
