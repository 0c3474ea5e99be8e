package dev.turso.cli.terminal;

import dev.turso.cli.output.DisplayWidth;
import dev.turso.cli.shell.Screen;
import dev.turso.cli.shell.Shell;
import dev.turso.cli.shell.StatementWatch;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/** Draws on a terminal: tables redrawn in place, a line of progress, pages. */
final class TerminalScreen implements Screen, StatementWatch {

  private static final long PROGRESS_MILLIS = 1000;
  private static final long POLL_MILLIS = 100;

  private final Terminal terminal;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("turso-progress").unstarted(task));
  private @Nullable Future<?> progress;
  private long since;
  private boolean progressShown;
  private int drawn;
  private int shownLines;

  TerminalScreen(Terminal terminal) {
    this.terminal = terminal;
  }

  // ---- pages

  /** A person types: the next output begins a page. */
  void beginInput() {
    shownLines = 0;
    drawn = 0;
  }

  void beginOutput() {
    shownLines = 0;
  }

  /** Counts a line of output; waits at the end of a page. False if the person has seen enough. */
  boolean lineShown() {
    shownLines++;
    if (height() <= 2 || shownLines < height() - 1) {
      return true;
    }
    terminal.writer().print("-- more: space, enter, q --");
    terminal.flush();
    int key = key(-1);
    terminal.writer().print("\r\u001b[K");
    terminal.flush();
    shownLines = key == '\r' || key == '\n' ? height() - 2 : 0;
    return key != 'q' && key != 'Q' && key != 3;
  }

  private int key(long millis) {
    Attributes before = terminal.enterRawMode();
    try {
      return millis < 0 ? terminal.reader().read() : terminal.reader().read(millis);
    } catch (IOException e) {
      return 'q';
    } finally {
      terminal.setAttributes(before);
    }
  }

  // ---- progress

  @Override
  public synchronized void started() {
    since = System.nanoTime();
    progress =
        clock.scheduleAtFixedRate(
            this::showProgress, PROGRESS_MILLIS, PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void showProgress() {
    if (progress != null) {
      progressShown = true;
      long seconds = (System.nanoTime() - since) / 1_000_000_000L;
      terminal.writer().print("\rrunning for " + seconds + " s, Ctrl-C stops it \u001b[K");
      terminal.flush();
    }
  }

  @Override
  public synchronized void ended() {
    if (progress != null) {
      progress.cancel(false);
      progress = null;
    }
    if (progressShown) {
      progressShown = false;
      terminal.writer().print("\r\u001b[K");
      terminal.flush();
    }
  }

  // ---- redrawing

  @Override
  public synchronized void redraw(String text) {
    String[] lines = text.split("\n", -1);
    int count = lines.length - (text.endsWith("\n") ? 1 : 0);
    int room = Math.max(3, height() - 1);
    StringBuilder out = new StringBuilder();
    if (drawn > 0) {
      out.append("\u001b[").append(drawn).append("A\r");
    }
    int shown = Math.min(count, room);
    for (int i = 0; i < shown; i++) {
      boolean cut = i == shown - 1 && count > room;
      String line = cut ? "… " + (count - shown + 1) + " more lines" : lines[i];
      out.append(fit(line)).append("\u001b[K\r\n");
    }
    out.append("\u001b[J");
    drawn = shown;
    terminal.writer().print(out);
    terminal.flush();
  }

  private String fit(String line) {
    int width = terminal.getWidth() <= 0 ? 80 : terminal.getWidth();
    String fitted = line;
    while (DisplayWidth.of(fitted) > width) {
      fitted = fitted.substring(0, fitted.offsetByCodePoints(fitted.length(), -1));
    }
    return fitted;
  }

  @Override
  public synchronized void keep() {
    drawn = 0;
  }

  @Override
  public void awaitKey(Shell shell) {
    CountDownLatch interrupted = new CountDownLatch(1);
    shell.whenInterrupted(interrupted::countDown);
    Attributes before = terminal.getAttributes();
    Attributes quiet = new Attributes(before);
    quiet.setLocalFlags(
        java.util.EnumSet.of(Attributes.LocalFlag.ICANON, Attributes.LocalFlag.ECHO), false);
    terminal.setAttributes(quiet);
    try {
      while (interrupted.getCount() > 0) {
        int key = terminal.reader().read(POLL_MILLIS);
        if (key != NonBlockingReader.READ_EXPIRED) {
          return;
        }
      }
    } catch (IOException e) {
      return; // the terminal has gone
    } finally {
      terminal.setAttributes(before);
      shell.whenInterrupted(null);
    }
  }

  @Override
  public int height() {
    return terminal.getHeight();
  }
}
