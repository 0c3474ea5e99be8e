package dev.turso.cli.terminal;

import dev.turso.cli.shell.Shell;
import java.io.IOException;
import java.io.OutputStream;
import org.jline.terminal.Terminal;

/** Output to the terminal, a page at a time. Past a "no more" the rest of a statement is dropped. */
final class PagedOutput extends OutputStream {

  private final OutputStream out;
  private final TerminalScreen screen;
  private final Shell shell;
  private boolean dropping;

  PagedOutput(Terminal terminal, TerminalScreen screen, Shell shell) {
    out = terminal.output();
    this.screen = screen;
    this.shell = shell;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    screen.ended();
    int start = from;
    for (int i = from; i < from + length && !dropping; i++) {
      if (bytes[i] == '\n') {
        out.write(bytes, start, i + 1 - start);
        start = i + 1;
        out.flush();
        if (shell.paging() && !screen.lineShown()) {
          dropping = true;
          shell.interrupt();
        }
      }
    }
    if (!dropping) {
      out.write(bytes, start, from + length - start);
    }
  }

  @Override
  public void flush() throws IOException {
    dropping = false;
    out.flush();
  }
}
