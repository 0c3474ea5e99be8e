package dev.turso.spring.web;

import java.util.HashMap;
import java.util.Map;

/** Counts the streams that are open, in all and by who reads them. Thread-safe. */
final class StreamLimits {

  private final int most;
  private final int mostForOne;
  private final Map<String, Integer> byReader = new HashMap<>();
  private int all;

  StreamLimits(int most, int mostForOne) {
    this.most = most;
    this.mostForOne = mostForOne;
  }

  /** Takes a place; false if there is none. */
  synchronized boolean enter(String reader) {
    if (all >= most || byReader.getOrDefault(reader, 0) >= mostForOne) {
      return false;
    }
    all++;
    byReader.merge(reader, 1, Integer::sum);
    return true;
  }

  synchronized void leave(String reader) {
    all--;
    byReader.computeIfPresent(reader, (key, count) -> count == 1 ? null : count - 1);
  }

  synchronized int open() {
    return all;
  }
}
