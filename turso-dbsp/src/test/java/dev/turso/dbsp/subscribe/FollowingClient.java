package dev.turso.dbsp.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies messages as a client would, and insists that they fit. */
final class FollowingClient implements LiveQueryListener {

  private final List<List<Value>> rows = new ArrayList<>();
  private int messages;
  private int snapshots;
  private volatile @Nullable Throwable failure;

  @Override
  public synchronized void message(LiveMessage message) {
    messages++;
    try {
      if (message.kind() == LiveMessage.Kind.SNAPSHOT) {
        snapshots++;
        rows.clear();
      }
      message.changes().forEach(this::apply);
    } catch (Throwable e) {
      failure = e;
      throw e;
    }
  }

  private void apply(LiveChange change) {
    if (change.kind() != LiveChange.Kind.INSERT) {
      List<Value> gone = change.kind() == LiveChange.Kind.UPDATE ? change.before() : change.row();
      assertThat(rows.remove(gone)).as("the row to remove is there: " + gone).isTrue();
    }
    if (change.kind() != LiveChange.Kind.DELETE) {
      rows.add(change.row());
    }
  }

  @Override
  public void failed(RuntimeException cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  @Nullable Throwable failure() {
    return failure;
  }

  synchronized List<String> rows() {
    return rows.stream().map(Object::toString).sorted().toList();
  }

  synchronized int messages() {
    return messages;
  }

  synchronized int snapshots() {
    return snapshots;
  }
}
