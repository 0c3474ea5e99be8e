package dev.turso.sample;

/**
 * Something that happens to a flight in the replay.
 *
 * @param time when, as {@code YYYY-MM-DD HH:MM}
 * @param delay minutes late, for an arrival
 */
record FlightEvent(
    Kind kind,
    String time,
    int flight,
    String departure,
    String origin,
    String destination,
    int distance,
    int delay) {

  enum Kind {
    DEPARTURE,
    CANCELLATION,
    ARRIVAL
  }
}
