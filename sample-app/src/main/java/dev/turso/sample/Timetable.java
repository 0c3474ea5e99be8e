package dev.turso.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The shipped data as a list of events in order of time.
 *
 * <p>The data has departure, origin, destination, delay and distance. Derived are the arrival (the
 * distance at 450 mph, plus the delay) and the cancellations (1 %, from a fixed seed).
 */
@Component
class Timetable {

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final double MILES_PER_MINUTE = 450 / 60.0;
  private static final double CANCELLED_SHARE = 0.01;
  private static final long SEED = 2001;

  private final List<FlightEvent> events = new ArrayList<>();
  private final List<String[]> airports;

  Timetable() {
    airports = read("data/airports.csv.gz");
    Random random = new Random(SEED);
    int id = 0;
    for (String[] line : read("data/flights.csv.gz")) {
      addFlight(++id, line, random.nextDouble() < CANCELLED_SHARE);
    }
    events.sort(Comparator.comparing(FlightEvent::time).thenComparing(FlightEvent::kind));
  }

  private void addFlight(int id, String[] line, boolean cancelled) {
    LocalDateTime departure = LocalDateTime.parse(line[0], MINUTE);
    int delay = Integer.parseInt(line[3]);
    int distance = Integer.parseInt(line[4]);
    events.add(event(FlightEvent.Kind.DEPARTURE, line[0], id, line, distance, 0));
    if (cancelled) {
      String time = departure.plusMinutes(10).format(MINUTE);
      events.add(event(FlightEvent.Kind.CANCELLATION, time, id, line, distance, 0));
    } else {
      long minutes = Math.max(1, Math.round(distance / MILES_PER_MINUTE) + delay);
      String time = departure.plusMinutes(minutes).format(MINUTE);
      events.add(event(FlightEvent.Kind.ARRIVAL, time, id, line, distance, delay));
    }
  }

  private static FlightEvent event(
      FlightEvent.Kind kind, String time, int id, String[] line, int distance, int delay) {
    return new FlightEvent(kind, time, id, line[0], line[1], line[2], distance, delay);
  }

  List<FlightEvent> events() {
    return events;
  }

  /** Lines of iata, name, city, state, country, latitude, longitude. */
  List<String[]> airports() {
    return airports;
  }

  private static List<String[]> read(String resource) {
    List<String[]> lines = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(new ClassPathResource(resource).getInputStream());
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(Csv.split(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }
}
