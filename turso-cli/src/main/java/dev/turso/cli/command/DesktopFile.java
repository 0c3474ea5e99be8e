package dev.turso.cli.command;

import dev.turso.cli.output.ByteSink;
import dev.turso.cli.output.OutputMode;
import dev.turso.cli.output.OutputSettings;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Output into a temporary file that the desktop's program for its kind then opens. */
final class DesktopFile {

  private DesktopFile() {}

  /** What the file is for. */
  enum Use {
    SPREADSHEET(".csv"),
    EDITOR(".txt"),
    BROWSER(".html");

    private final String ending;

    Use(String ending) {
      this.ending = ending;
    }
  }

  /** Sends output there: of the next statement, or until it is sent elsewhere. */
  static Outcome redirect(Shell shell, Use use, boolean once) {
    try {
      Path file = Files.createTempFile("turso", use.ending);
      OutputStream out = Files.newOutputStream(file);
      ByteSink sink =
          new ByteSink(
              new FilterOutputStream(out) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                  out.write(bytes, from, length);
                }

                @Override
                public void close() throws IOException {
                  super.close();
                  open(shell, file);
                }
              });
      OutputSettings settings = settings(shell, use);
      if (once) {
        shell.redirectOnce(sink, file.toString(), settings);
      } else {
        shell.redirect(sink, file.toString(), settings);
      }
      return Outcome.DONE;
    } catch (IOException e) {
      shell.complain("Error: no temporary file can be made");
      return Outcome.FAILED;
    }
  }

  private static OutputSettings settings(Shell shell, Use use) {
    if (use == Use.EDITOR) {
      return shell.settings();
    }
    boolean spreadsheet = use == Use.SPREADSHEET;
    OutputSettings settings = Shell.plain(spreadsheet ? OutputMode.CSV : OutputMode.HTML);
    settings.header(shell.settings().header() || !spreadsheet);
    return settings;
  }

  private static void open(Shell shell, Path file) {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String opener =
        system.startsWith("windows") ? "start" : system.startsWith("mac") ? "open" : "xdg-open";
    try {
      if (SystemCommand.run(shell, opener + " " + file) != 0) {
        shell.complain("Failed: [" + opener + " " + file + "]");
      }
    } catch (IOException e) {
      shell.complain("Failed: [" + opener + " " + file + "]");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@code .excel} and {@code .www}. */
  static Outcome command(Shell shell, List<String> words) {
    if (words.size() > 1) {
      shell.complain("ERROR: extra parameter: \"" + words.get(1) + "\".  Usage:");
      shell.out().line("." + words.getFirst() + "   Show the next result in a desktop program");
      return Outcome.FAILED;
    }
    return redirect(shell, words.getFirst().startsWith("w") ? Use.BROWSER : Use.SPREADSHEET, true);
  }
}
