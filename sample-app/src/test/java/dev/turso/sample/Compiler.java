package dev.turso.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles what pages show. */
final class Compiler {

  private Compiler() {}

  /** Compiles a file against the test's class path; fails with what the compiler says. */
  static void compile(Path source, Path classes) {
    compile(List.of(source), classes, classes.toString());
  }

  /** Compiles files together, against the test's class path and what is before it. */
  static void compile(List<Path> sources, Path classes, String before) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                errors,
                null,
                null,
                List.of(
                    "-parameters",
                    "-d",
                    classes.toString(),
                    "-cp",
                    before + File.pathSeparator + System.getProperty("java.class.path")),
                null,
                compiler
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjectsFromPaths(sources))
            .call();
    assertThat(compiled).as(errors.toString()).isTrue();
  }
}
