package dev.turso.cli;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The help on options, laid out by picocli. */
final class OptionHelp {

  private OptionHelp() {}

  static void print(List<ProgramOption> options, PrintStream out) {
    CommandSpec spec = CommandSpec.create().name("turso");
    spec.usageMessage()
        .customSynopsis("turso [OPTIONS] [FILENAME [SQL]]")
        .description(
            "FILENAME is an SQLite database, made if it is not there. Without SQL, input is read.",
            "An option may begin with one dash or two.");
    for (ProgramOption each : options) {
      if (!each.help().isEmpty()) {
        spec.addOption(
            OptionSpec.builder(each.names().toArray(new String[0]))
                .arity(Integer.toString(each.values()))
                .type(each.values() == 0 ? boolean.class : String.class)
                .paramLabel(each.label())
                .description(each.help())
                .build());
      }
    }
    new CommandLine(spec).usage(out);
  }
}
