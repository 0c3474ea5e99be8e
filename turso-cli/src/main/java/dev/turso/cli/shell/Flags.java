package dev.turso.cli.shell;

/** The switches of a shell. */
public final class Flags {

  /** When query plans are shown with their statements. */
  public enum PlanDisplay {
    OFF,
    ON,
    TRIGGER,
    FULL
  }

  private boolean echo;
  private boolean bail;
  private boolean timer;
  private boolean changes;
  private boolean stats;
  private boolean explainFormatted = true;
  private boolean explainAutomatic = true;
  private boolean progress;
  private PlanDisplay plans = PlanDisplay.OFF;
  private String prompt = "turso> ";
  private String continuation = "   ...> ";

  Flags() {}

  public boolean echo() {
    return echo;
  }

  public void echo(boolean value) {
    echo = value;
  }

  public boolean bail() {
    return bail;
  }

  public void bail(boolean value) {
    bail = value;
  }

  public boolean timer() {
    return timer;
  }

  public void timer(boolean value) {
    timer = value;
  }

  public boolean changes() {
    return changes;
  }

  public void changes(boolean value) {
    changes = value;
  }

  public boolean stats() {
    return stats;
  }

  public void stats(boolean value) {
    stats = value;
  }

  public boolean explainFormatted() {
    return explainFormatted;
  }

  public boolean explainAutomatic() {
    return explainAutomatic;
  }

  /** How EXPLAIN's rows are shown: aligned or as others, and whether that was asked for. */
  public void explain(boolean formatted, boolean automatic) {
    explainFormatted = formatted;
    explainAutomatic = automatic;
  }

  public boolean progress() {
    return progress;
  }

  public void progress(boolean value) {
    progress = value;
  }

  public PlanDisplay plans() {
    return plans;
  }

  public void plans(PlanDisplay value) {
    plans = value;
  }

  public String prompt() {
    return prompt;
  }

  public String continuation() {
    return continuation;
  }

  public void prompts(String first, String next) {
    prompt = first;
    continuation = next;
  }
}
