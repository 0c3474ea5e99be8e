package dev.turso.cli.shell;

/** The terminal that a person sits at, for commands that redraw or wait for a key. */
public interface Screen {

  /** Shows lines in place of those that this showed last. */
  void redraw(String text);

  /** Leaves what was shown and lets the next {@link #redraw} begin below it. */
  void keep();

  /** Waits until the person interrupts, or a key is pressed. */
  void awaitKey(Shell shell);

  int height();
}
