package dev.turso.exec.operator;

/** Something computed at most once per execution: it forgets before the next one. */
interface Resettable {

  void reset();
}
