package dev.turso.session;

/** Numbers, first in first out, without an object for each. For one thread at a time. */
final class LongQueue {

  private long[] numbers = new long[16];
  private int head;
  private int size;

  void add(long number) {
    if (size == numbers.length) {
      grow();
    }
    numbers[head + size++ & numbers.length - 1] = number;
  }

  private void grow() {
    long[] larger = new long[2 * size];
    int atEnd = size - head;
    System.arraycopy(numbers, head, larger, 0, atEnd);
    System.arraycopy(numbers, 0, larger, atEnd, head);
    numbers = larger;
    head = 0;
  }

  /** Removes the oldest number; there must be one. */
  long remove() {
    long oldest = numbers[head];
    head = head + 1 & numbers.length - 1;
    size--;
    return oldest;
  }
}
