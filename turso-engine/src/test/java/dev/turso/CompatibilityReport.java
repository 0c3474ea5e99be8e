package dev.turso;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the generated part of {@code docs/COMPATIBILITY.md} from a conformance run.
 *
 * <p>Arguments: what the runner wrote with {@code --quiet} (its table), what it wrote with {@code
 * --failures}, the file of reasons, and the document. A line of reasons is {@code file pattern | case
 * pattern | reason}; the first that matches a failing case counts, and a case without one is listed
 * with what the runner says.
 */
public final class CompatibilityReport {

  private static final String BEGIN = "<!-- generated from a run: begin -->\n";
  private static final String END = "<!-- generated from a run: end -->\n";
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\": ?\"((?:[^\"\\\\]|\\\\.)*)\"");

  private record Reason(Pattern file, Pattern name, String text) {}

  private record Failure(String corpus, String file, String name, String why) {}

  private CompatibilityReport() {}

  public static void main(String[] arguments) throws IOException {
    String table = table(Path.of(arguments[0]));
    List<Failure> failures = failures(Path.of(arguments[1]));
    List<Reason> reasons = reasons(Path.of(arguments[2]));
    Path document = Path.of(arguments[3]);
    String text = Files.readString(document);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    Files.writeString(
        document,
        text.substring(0, begin) + table + "\n" + told(failures, reasons) + text.substring(end));
  }

  private static String table(Path printed) throws IOException {
    StringBuilder markdown = new StringBuilder();
    for (String line : Files.readAllLines(printed)) {
      String[] cells = line.strip().split(" +");
      if (cells.length == 11 && !cells[0].equals("TOTAL")) {
        markdown.append("| ").append(String.join(" | ", cells)).append(" |\n");
        if (cells[0].equals("corpus")) {
          markdown.append("|---").repeat("|---", 10).append("|\n");
        }
      }
    }
    return markdown.toString();
  }

  private static List<Failure> failures(Path lines) throws IOException {
    List<Failure> found = new ArrayList<>();
    for (String line : Files.readAllLines(lines)) {
      Map<String, String> fields = new LinkedHashMap<>();
      Matcher field = FIELD.matcher(line);
      while (field.find()) {
        fields.putIfAbsent(field.group(1), field.group(2));
      }
      found.add(
          new Failure(
              fields.getOrDefault("corpus", ""),
              fields.getOrDefault("file", "").replace(".jsonl", ""),
              fields.getOrDefault("case", ""),
              fields.getOrDefault("why", "")));
    }
    return found;
  }

  private static List<Reason> reasons(Path lines) throws IOException {
    List<Reason> reasons = new ArrayList<>();
    for (String line : Files.readAllLines(lines)) {
      String[] cells = line.split(" \\| ", 3);
      if (cells.length == 3) {
        reasons.add(
            new Reason(
                Pattern.compile(cells[0].strip()),
                Pattern.compile(cells[1].strip()),
                cells[2].strip()));
      }
    }
    return reasons;
  }

  private static String told(List<Failure> failures, List<Reason> reasons) {
    Map<String, Map<String, Integer>> byReason = new LinkedHashMap<>();
    StringBuilder unexplained = new StringBuilder();
    for (Reason each : reasons) {
      byReason.put(each.text(), new TreeMap<>());
    }
    for (Failure each : failures) {
      Reason reason = reasonOf(each, reasons);
      if (reason == null) {
        unexplained.append(line(each));
      } else {
        String where = each.corpus() + " " + each.file();
        byReason.get(reason.text()).merge(where, 1, Integer::sum);
      }
    }
    StringBuilder markdown = new StringBuilder("| cases | where | reason |\n|---|---|---|\n");
    byReason.forEach((reason, files) -> {
      if (!files.isEmpty()) {
        int cases = files.values().stream().mapToInt(Integer::intValue).sum();
        String where = String.join(", ", files.keySet());
        markdown.append("| " + cases + " | " + where + " | " + reason + " |\n");
      }
    });
    if (!unexplained.isEmpty()) {
      markdown.append("\n| case | what differs |\n|---|---|\n").append(unexplained);
    }
    return markdown.toString();
  }

  private static Reason reasonOf(Failure failure, List<Reason> reasons) {
    for (Reason each : reasons) {
      if (each.file().matcher(failure.corpus() + "/" + failure.file()).matches()
          && each.name().matcher(failure.name()).matches()) {
        return each;
      }
    }
    return null;
  }

  private static String line(Failure failure) {
    String why = failure.why().replace("|", "\\|").replace("\\n", " ");
    String shown = why.length() > 150 ? why.substring(0, 150) + "…" : why;
    return "| "
        + failure.corpus()
        + " "
        + failure.file()
        + " "
        + failure.name()
        + " | "
        + shown
        + " |\n";
  }
}
