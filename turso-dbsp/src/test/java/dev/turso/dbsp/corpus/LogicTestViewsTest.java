package dev.turso.dbsp.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Queries of the sqllogictest corpus as materialized views over tables that change.
 *
 * <p>Each day takes other files and other queries, for some seconds. {@code -Dturso.slt.seconds} says for
 * how long, {@code -Dturso.slt.share} which part of a file's queries (0 to 1), {@code -Dturso.slt.files}
 * is a pattern of names, and {@code -Dturso.seed} decides the rest.
 */
class LogicTestViewsTest {

  private static final long SECONDS = Long.getLong("turso.slt.seconds", 10);
  private static final double SHARE =
      Double.parseDouble(System.getProperty("turso.slt.share", "0.004"));
  private static final String FILES = System.getProperty("turso.slt.files", ".*");
  private static final long SEED = Long.getLong("turso.seed", LocalDate.now().toEpochDay());

  @Test
  void aViewHoldsWhatTheFileExpectsOfItsQuery() throws Exception {
    List<String> files = files();
    assertThat(files).hasSizeGreaterThan(FILES.equals(".*") ? 600 : 0);
    Random random = new Random(SEED);
    Collections.shuffle(files, random);
    LogicTestViews views = new LogicTestViews(random, SHARE);
    long end = System.nanoTime() + SECONDS * 1_000_000_000;
    for (String each : files) {
      views.run(each);
      if (System.nanoTime() > end) {
        break;
      }
    }
    System.out.printf(
        "LogicTestViewsTest seed %d: %d files, %d queries, %d views, %d judged otherwise%n",
        SEED, views.files, views.queries, views.created, views.misjudged);
    for (Map.Entry<String, Integer> each : views.refused.entrySet()) {
      System.out.println("  refused " + each.getValue() + " times: " + each.getKey());
    }
    assertThat(views.wrong).isEmpty();
    assertThat(views.created).isPositive();
    assertThat(views.created).isGreaterThanOrEqualTo((views.queries - views.misjudged) * 99 / 100);
    assertThat(views.misjudged).isZero();
  }

  private static List<String> files() throws Exception {
    URL one = LogicTestViewsTest.class.getResource("/test/select1.test");
    assertThat(one).as("the corpus is on the class path").isNotNull();
    String address = String.valueOf(one);
    URI jar = URI.create(address.substring(0, address.indexOf("!/")));
    try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of())) {
      return names(inside.getPath("/test"));
    }
  }

  private static List<String> names(Path root) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      all.map(each -> root.relativize(each).toString())
          .filter(each -> each.endsWith(".test") && each.matches(FILES))
          .sorted()
          .forEach(names::add);
    }
    return names;
  }
}
