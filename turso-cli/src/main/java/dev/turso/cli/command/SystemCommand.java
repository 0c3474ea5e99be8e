package dev.turso.cli.command;

import dev.turso.cli.output.ByteSink;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Programs that the person at the shell starts. */
final class SystemCommand {

  private static final int STATUS_SHIFT = 8;

  private SystemCommand() {}

  static Outcome run(Shell shell, List<String> words) {
    if (words.size() < 2) {
      return Arguments.usage(shell, ".system COMMAND");
    }
    StringBuilder line = new StringBuilder();
    for (String each : words.subList(1, words.size())) {
      line.append(line.isEmpty() ? "" : " ");
      line.append(each.indexOf(' ') >= 0 ? "\"" + each + "\"" : each);
    }
    shell.out().flush();
    try {
      int status = run(shell, line.toString());
      if (status != 0) {
        shell.complain("System command returns " + (status << STATUS_SHIFT));
      }
      return Outcome.DONE;
    } catch (IOException e) {
      shell.complain("Error: cannot run \"" + line + "\"");
      return Outcome.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.FAILED;
    }
  }

  /** Runs a line and gives its status; what it puts out comes where our own output goes. */
  static int run(Shell shell, String line) throws IOException, InterruptedException {
    ProcessBuilder builder = start(shell, line).inheritIO();
    if (shell.screen() != null) {
      return builder.start().waitFor();
    }
    Process process = builder.redirectOutput(ProcessBuilder.Redirect.PIPE).start();
    copy(process, shell.standardOut());
    return process.waitFor();
  }

  /** What a program puts out comes where our own output goes. */
  private static void copy(Process process, ByteSink sink) throws IOException {
    byte[] buffer = new byte[8192];
    InputStream in = process.getInputStream();
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      sink.print(buffer, 0, n);
    }
    sink.flush();
  }

  private static ProcessBuilder start(Shell shell, String line) {
    return new ProcessBuilder("sh", "-c", line).directory(shell.file("").toFile());
  }

  /** What a program puts out. */
  static InputStream output(Shell shell, String line) throws IOException {
    Process process = start(shell, line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    return new FilterInputStream(process.getInputStream()) {
      @Override
      public void close() throws IOException {
        super.close();
        await(process);
      }
    };
  }

  /** Where a program reads. Closing waits until it has ended. */
  static OutputStream input(Shell shell, String line) throws IOException {
    Process process = start(shell, line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    ByteSink sink = shell.standardOut();
    Thread copier = Thread.ofPlatform().daemon().start(() -> copyAll(process, sink));
    return new FilterOutputStream(process.getOutputStream()) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        super.close();
        await(process);
        await(copier);
      }
    };
  }

  private static void copyAll(Process process, ByteSink sink) {
    try {
      copy(process, sink);
    } catch (IOException e) {
      sink.flush(); // the program has gone
    }
  }

  private static void await(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(Process process) {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
