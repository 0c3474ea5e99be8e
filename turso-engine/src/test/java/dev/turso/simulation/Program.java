package dev.turso.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A setting and steps: all that a simulation does.
 *
 * @param seed that chose both
 */
record Program(long seed, Setting setting, List<Step> steps) {

  static Program of(long seed, int length) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    Setting setting = Setting.of(random);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      steps.add(Step.of(random, setting));
    }
    return new Program(seed, setting, steps);
  }

  Program with(List<Step> other) {
    return new Program(seed, setting, List.copyOf(other));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(setting.toString()).append('\n');
    for (Step each : steps) {
      text.append("  ").append(each).append('\n');
    }
    return text.toString();
  }
}
