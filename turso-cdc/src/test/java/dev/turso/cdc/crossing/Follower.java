package dev.turso.cdc.crossing;

import dev.turso.dbsp.subscribe.LiveChange;
import dev.turso.dbsp.subscribe.LiveMessage;
import dev.turso.dbsp.subscribe.LiveQueryListener;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Follows a live query as a client would. */
final class Follower implements LiveQueryListener {

  private static final int WAIT_SECONDS = 60;

  private final List<List<Value>> rows = new ArrayList<>();
  private String wrong = "";

  @Override
  public synchronized void message(LiveMessage message) {
    if (message.kind() == LiveMessage.Kind.SNAPSHOT) {
      rows.clear();
    }
    for (LiveChange each : message.changes()) {
      List<Value> gone = each.kind() == LiveChange.Kind.UPDATE ? each.before() : each.row();
      if (each.kind() != LiveChange.Kind.INSERT && !rows.remove(gone)) {
        wrong += "not there: " + gone + "; ";
      }
      if (each.kind() != LiveChange.Kind.DELETE) {
        rows.add(each.row());
      }
    }
    notifyAll();
  }

  @Override
  public synchronized void failed(RuntimeException cause) {
    wrong += cause;
  }

  private String rows() {
    return wrong + rows.stream().map(Object::toString).sorted().toList();
  }

  /** Waits until the rows are these, or something went wrong. */
  synchronized String rows(String awaited) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (!rows().equals(awaited) && wrong.isEmpty() && System.nanoTime() < deadline) {
      wait(100);
    }
    return rows();
  }
}
