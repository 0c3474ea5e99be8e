package dev.turso.cli.command;

import dev.turso.cli.output.OutputMode;
import dev.turso.cli.output.OutputSettings;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code .mode}. */
final class ModeCommand {

  private static final int USUAL_WRAP = 60;

  private @Nullable String word;
  private @Nullable String table;
  private int wrap = USUAL_WRAP;
  private boolean wordWrap;
  private boolean quoted;

  private ModeCommand() {}

  static Outcome run(Shell shell, List<String> words) {
    return new ModeCommand().set(shell, words);
  }

  private Outcome set(Shell shell, List<String> words) {
    for (int i = 1; i < words.size(); i++) {
      String each = words.get(i);
      boolean last = i + 1 == words.size();
      switch (Arguments.option(each)) {
        case "wrap" -> wrap = last ? wrap : (int) Arguments.number(words.get(++i));
        case "ww" -> wordWrap = true;
        case "wordwrap" -> wordWrap = !last && Arguments.truth(shell, words.get(++i));
        case "quote" -> quoted = true;
        case "noquote" -> quoted = false;
        case "" -> {
          if (!take(each)) {
            shell.complain("extra argument: \"" + each + "\"");
            return Outcome.FAILED;
          }
        }
        default -> {
          if (word == null) {
            shell.complain("unknown option: " + each);
            return Outcome.FAILED;
          }
        }
      }
    }
    return choose(shell);
  }

  private boolean take(String each) {
    if (word == null) {
      word = each;
      if (each.startsWith("qbox")) {
        quoted = true;
      }
      return true;
    }
    if (table == null) {
      table = each;
      return true;
    }
    return false;
  }

  private Outcome choose(Shell shell) {
    OutputSettings settings = shell.settings();
    if (word == null) {
      shell.out().line("current output mode: " + describe(settings, settings.mode()));
      return Outcome.DONE;
    }
    OutputMode mode = word.equals("qbox") ? OutputMode.BOX : OutputMode.of(word);
    if (mode == null) {
      shell.complain(
          "Error: mode should be one of: ascii box column csv html insert json line list markdown"
              + " pretty qbox quote table tabs tcl");
      return Outcome.FAILED;
    }
    settings.chooseMode(mode);
    if (mode.isColumnar()) {
      settings.columnar(wrap, wordWrap, quoted);
    }
    if (mode == OutputMode.INSERT) {
      settings.insertTable(table == null ? "table" : table);
    }
    return Outcome.DONE;
  }

  /** A mode with its options, as a line that sets it. */
  static String describe(OutputSettings settings, OutputMode mode) {
    String label = mode == OutputMode.TABS ? "list" : mode.label();
    if (!mode.isColumnar()) {
      return label.toLowerCase(Locale.ROOT);
    }
    return label
        + " --wrap "
        + settings.wrap()
        + " --wordwrap "
        + (settings.wordWrap() ? "on" : "off")
        + (settings.quoted() ? " --quote" : " --noquote");
  }
}
