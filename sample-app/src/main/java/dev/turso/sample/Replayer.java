package dev.turso.sample;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Plays the timetable into the database: the outside world of this sample.
 *
 * <p>Where it is, how fast and whether it pauses stand in the table {@code replay}, so that a new
 * process goes on where the old one was killed, and every browser shows the same.
 */
@Component
class Replayer implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Replayer.class);
  private static final int DEFAULT_RATE = 5;
  private static final long SECOND = 1_000_000_000L;

  private final Timetable timetable;
  private final FlightOperations flights;
  private final JdbcClient jdbc;
  private @Nullable Thread thread;
  private volatile boolean running;
  private volatile boolean paused;
  private volatile int rate;
  private volatile int next;
  private volatile int commitsPerSecond;

  Replayer(Timetable timetable, FlightOperations flights, JdbcClient jdbc) {
    this.timetable = timetable;
    this.flights = flights;
    this.jdbc = jdbc;
  }

  @Override
  public synchronized void start() {
    loadAirports();
    jdbc.sql("INSERT INTO replay VALUES (1, 0, ?, NULL, 0, ?, 0) ON CONFLICT DO NOTHING")
        .params(timetable.events().size(), DEFAULT_RATE)
        .update();
    next = jdbc.sql("SELECT next_event FROM replay").query(Integer.class).single();
    rate = jdbc.sql("SELECT rate FROM replay").query(Integer.class).single();
    paused = jdbc.sql("SELECT paused FROM replay").query(Integer.class).single() != 0;
    running = true;
    thread = Thread.ofPlatform().name("replayer").start(this::run);
  }

  private void loadAirports() {
    if (jdbc.sql("SELECT COUNT(*) FROM airport").query(Integer.class).single() > 0) {
      return;
    }
    for (String[] airport : timetable.airports()) {
      jdbc.sql("INSERT INTO airport VALUES (?, ?, ?, ?, ?, ?, ?)")
          .params(
              airport[0],
              airport[1],
              airport[2],
              airport[3],
              airport[4],
              Double.valueOf(airport[5]),
              Double.valueOf(airport[6]))
          .update();
    }
  }

  private void run() {
    long windowStart = System.nanoTime();
    long due = windowStart;
    int commits = 0;
    while (running) {
      long now = System.nanoTime();
      if (now - windowStart >= SECOND) {
        commitsPerSecond = (int) (commits * SECOND / (now - windowStart));
        windowStart = now;
        commits = 0;
      }
      if (paused || next >= timetable.events().size() || rate > 0 && now < due) {
        LockSupport.parkNanos(Math.clamp(due - now, 1_000_000, 20_000_000));
        due = Math.max(due, now - SECOND / 10);
        continue;
      }
      due = rate > 0 ? due + SECOND / rate : now;
      commits += playNext();
    }
  }

  private int playNext() {
    try {
      int number = next;
      flights.play(number, timetable.events().get(number));
      next = number + 1;
      return 1;
    } catch (RuntimeException e) {
      LOG.warn("The replay pauses: {}", e.getMessage());
      paused = true;
      return 0;
    }
  }

  void pause() {
    jdbc.sql("UPDATE replay SET paused = 1").update();
    paused = true;
  }

  void resume() {
    jdbc.sql("UPDATE replay SET paused = 0").update();
    paused = false;
  }

  /** Sets the speed: flights' events a second, 0 for as fast as it goes. */
  void rate(int eventsPerSecond) {
    jdbc.sql("UPDATE replay SET rate = ?").param(eventsPerSecond).update();
    rate = eventsPerSecond;
  }

  synchronized void startAgain() {
    boolean wasPaused = paused;
    paused = true;
    LockSupport.parkNanos(SECOND / 10);
    flights.startAgain();
    next = 0;
    paused = wasPaused;
    resume();
  }

  int commitsPerSecond() {
    return paused || next >= timetable.events().size() ? 0 : commitsPerSecond;
  }

  @Override
  public synchronized void stop() {
    running = false;
    Thread stopping = thread;
    if (stopping != null) {
      try {
        stopping.join(2000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return 1000;
  }
}
