package dev.turso.cli.command;

import dev.turso.cli.output.ByteSink;
import dev.turso.cli.output.OutputMode;
import dev.turso.cli.output.OutputSettings;
import dev.turso.cli.output.RowPrinter;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Screen;
import dev.turso.cli.shell.Shell;
import dev.turso.dbsp.subscribe.LiveChange;
import dev.turso.dbsp.subscribe.LiveMessage;
import dev.turso.dbsp.subscribe.LiveQueries;
import dev.turso.dbsp.subscribe.LiveQuery;
import dev.turso.dbsp.subscribe.LiveQueryListener;
import dev.turso.value.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code .watch}: the result of a live query, redrawn in place at each commit that changes it. */
final class WatchCommand implements LiveQueryListener {

  private static final long FIRST_SECONDS = 30;

  private final OutputSettings settings;
  private final @Nullable Screen screen;
  private final Map<List<Value>, List<List<Value>>> rows = new LinkedHashMap<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private String text = "";
  private @Nullable String failure;
  private long changes;

  private WatchCommand(OutputSettings settings, @Nullable Screen screen) {
    this.settings = settings;
    this.screen = screen;
  }

  static Outcome run(Shell shell, List<String> words) {
    if (words.getLast().isEmpty()) {
      return Arguments.usage(shell, ".watch SELECT ...");
    }
    OutputSettings settings = shell.settings().copy();
    if (shell.screen() != null && !settings.mode().isColumnar()) {
      settings.chooseMode(OutputMode.BOX);
    }
    WatchCommand watch = new WatchCommand(settings, shell.screen());
    shell.out().flush();
    try (LiveQuery query =
        LiveQueries.of(shell.database()).subscribe(words.getLast(), List.of(), watch)) {
      watch.first.await(FIRST_SECONDS, TimeUnit.SECONDS);
      return watch.follow(shell);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.FAILED;
    }
  }

  private Outcome follow(Shell shell) {
    if (screen == null) {
      synchronized (this) {
        shell.out().print(text);
      }
    } else {
      screen.awaitKey(shell);
      screen.keep();
    }
    synchronized (this) {
      if (failure != null) {
        shell.complain("Error: " + failure);
        return Outcome.FAILED;
      }
    }
    return Outcome.DONE;
  }

  @Override
  public synchronized void message(LiveMessage message) {
    if (message.kind() == LiveMessage.Kind.SNAPSHOT) {
      rows.clear();
    } else {
      changes += message.changes().size();
    }
    message.changes().forEach(this::apply);
    draw(message);
    first.countDown();
  }

  private void apply(LiveChange change) {
    switch (change.kind()) {
      case INSERT ->
          rows.computeIfAbsent(change.key(), key -> new ArrayList<>(1)).add(change.row());
      case UPDATE -> rows.put(change.key(), new ArrayList<>(List.of(change.row())));
      case DELETE -> {
        List<List<Value>> same = rows.get(change.key());
        if (same != null) {
          same.removeLast();
          if (same.isEmpty()) {
            rows.remove(change.key());
          }
        }
      }
    }
  }

  private void draw(LiveMessage message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteSink sink = new ByteSink(bytes);
    RowPrinter printer = RowPrinter.of(settings, message.columns(), sink);
    int count = 0;
    for (List<List<Value>> each : rows.values()) {
      for (List<Value> row : each) {
        printer.row(row.toArray(new Value[0]));
        count++;
      }
    }
    printer.end();
    sink.flush();
    text = bytes.toString(StandardCharsets.UTF_8);
    if (screen != null) {
      screen.redraw(
          text
              + count
              + " rows, "
              + changes
              + " changes, commit "
              + message.position()
              + "; a key ends it\n");
    }
  }

  @Override
  public synchronized void failed(RuntimeException cause) {
    failure = cause.getMessage();
    first.countDown();
  }
}
