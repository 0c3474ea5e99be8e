package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The order of commits on their way to listeners. */
class CommitStreamTest {

  private final CommitStream stream = new CommitStream(7, () -> {});

  @Test
  void whoeverHasCommittedIsToldAPositionThatIsNotBeforeItsOwnCommit() throws Exception {
    CommitStream.Ticket slower = stream.reserve(null);
    CommitStream.Ticket own = stream.reserve(null);
    stream.settle(own, true);
    assertThat(stream.position()).isEqualTo(own.position);
    assertThat(stream.awaitDelivered(own.position, 1)).as("the one before it is not").isFalse();
    stream.settle(slower, true);
    assertThat(stream.awaitDelivered(own.position, 20_000)).isTrue();
  }

  @Test
  void aCommitThatIsOnlyReservedIsNotPublishedYet() {
    CommitStream.Ticket first = stream.reserve(null);
    stream.settle(first, true);
    assertThat(stream.reserve(null).position).isGreaterThan(stream.position());
    assertThat(stream.position()).isEqualTo(first.position);
  }
}
