package dev.turso.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;

/** Runs native sqlite3 as a process and our program in this one, on the same input. */
@NullUnmarked
final class Programs {

  private static final String NATIVE = "sqlite3";

  private Programs() {}

  /** What a program did. Text is ISO 8859-1, so that each byte is a character. */
  record Result(String out, String err, int status) {}

  /** The version of the sqlite3 on the path, or an empty text. */
  static String nativeVersion() {
    try {
      Process process = new ProcessBuilder(NATIVE, "-version").start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return text.split(" ")[0];
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  static Result runNative(Path folder, String input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(NATIVE));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("native", ".out");
    Path err = Files.createTempFile("native", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // it left before it had read everything
    }
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("sqlite3 did not end: " + input);
    }
    Result result =
        new Result(
            Files.readString(out, StandardCharsets.ISO_8859_1),
            Files.readString(err, StandardCharsets.ISO_8859_1),
            process.exitValue());
    Files.delete(out);
    Files.delete(err);
    return result;
  }

  static Result runOurs(String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.run(
            arguments,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            out,
            err,
            false);
    return new Result(
        out.toString(StandardCharsets.ISO_8859_1),
        err.toString(StandardCharsets.ISO_8859_1),
        status);
  }
}
