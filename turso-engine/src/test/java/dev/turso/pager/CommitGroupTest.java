package dev.turso.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.wal.WalState;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Who syncs for whom. */
class CommitGroupTest {

  private static final int ATTEMPTS = 500;

  private final Object monitor = new Object();
  private int frames;

  private CommitGroup.Commit appended(CommitGroup group) {
    synchronized (monitor) {
      WalState state = new WalState(1, false, 4096, ++frames, 1, 0, 0, 0);
      CommitGroup.Commit commit = new CommitGroup.Commit(state);
      group.enter();
      group.append(commit);
      return commit;
    }
  }

  private void publish(CommitGroup group, WalState target) {
    synchronized (monitor) {
      group.published(target);
    }
  }

  @Test
  void whoIsAloneSyncsAtOnce() {
    CommitGroup group = new CommitGroup();
    for (int i = 0; i < 3; i++) {
      CommitGroup.Commit own = appended(group);
      assertThat(group.awaitLead(monitor, own)).isSameAs(own.state);
      LockSupport.parkNanos(5_000_000L);
      publish(group, own.state);
    }
  }

  /** The wait is short, so that it may be over before this thread has seen it: then once more. */
  @Test
  void whoLeadsWaitsForThoseThatCameWithTheLastSync() throws Exception {
    boolean seen = false;
    for (int i = 0; i < ATTEMPTS && !seen; i++) {
      seen = secondLeaderTakesWhoComesWhileItWaits();
    }
    assertThat(seen).isTrue();
  }

  private boolean secondLeaderTakesWhoComesWhileItWaits() throws Exception {
    CommitGroup group = new CommitGroup();
    CommitGroup.Commit first = appended(group);
    assertThat(group.awaitLead(monitor, first)).isSameAs(first.state);
    CommitGroup.Commit second = appended(group);
    LockSupport.parkNanos(6_000_000L);
    publish(group, first.state);
    FutureTask<WalState> lead = new FutureTask<>(() -> group.awaitLead(monitor, second));
    Thread leader = Thread.ofPlatform().daemon().start(lead);
    boolean waits = false;
    while (!lead.isDone() && !waits) {
      waits = leader.getState() == Thread.State.TIMED_WAITING;
    }
    CommitGroup.Commit third = appended(group);
    WalState target = lead.get(1, TimeUnit.MINUTES);
    assertThat(target).isIn(second.state, third.state);
    publish(group, target);
    return waits && target == third.state;
  }

  @Test
  void whoIsExpectedAndDoesNotComeIsNotWaitedForLong() throws Exception {
    CommitGroup group = new CommitGroup();
    CommitGroup.Commit first = appended(group);
    assertThat(group.awaitLead(monitor, first)).isSameAs(first.state);
    CommitGroup.Commit second = appended(group);
    LockSupport.parkNanos(6_000_000L);
    publish(group, first.state);
    assertThat(group.awaitLead(monitor, second)).isSameAs(second.state);
    publish(group, second.state);
    CommitGroup.Commit third = appended(group);
    assertThat(group.awaitLead(monitor, third)).isSameAs(third.state);
  }
}
