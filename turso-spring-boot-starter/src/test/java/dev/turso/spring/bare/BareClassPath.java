package dev.turso.spring.bare;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The class path of an application with this starter and nothing else, made of the test's own. */
public final class BareClassPath {

  /** The jars that {@code spring-boot-starter-jdbc} brings, by the beginnings of their names. */
  private static final Pattern BROUGHT =
      Pattern.compile(
          "(spring-boot|spring-boot-(autoconfigure|jdbc|sql|transaction|persistence)"
              + "|spring-(jdbc|tx|core|context|beans|aop|expression)|HikariCP|slf4j-api"
              + "|logback-(classic|core)|jul-to-slf4j|log4j-(to-slf4j|api)|snakeyaml"
              + "|micrometer-(observation|commons)|jspecify|jakarta\\.annotation-api|commons-logging)"
              + "-[0-9][^/]*\\.jar");

  private BareClassPath() {}

  /** This module's and the engine's classes, and of the jars only those that are brought. */
  public static String text() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(BareClassPath::onIt)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean onIt(String entry) {
    String name = Path.of(entry).getFileName().toString();
    return !name.endsWith(".jar")
        || (name.startsWith("turso-") && !name.endsWith("-tests.jar"))
        || BROUGHT.matcher(name).matches();
  }
}
