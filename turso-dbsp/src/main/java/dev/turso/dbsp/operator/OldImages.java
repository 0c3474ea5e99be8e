package dev.turso.dbsp.operator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The old images of the rows that a step touched, found by the values that an access seeks by.
 *
 * <p>Few images are simply all given: an access may give too many rows (X2). For many, an index is made
 * once a step, so that n seeks over m images do not cost n times m.
 */
final class OldImages<T> {

  private static final int FEW = 8;

  private final Map<ByteBuffer, List<T>> byKey = new HashMap<>();
  private long step = -1;

  /**
   * The images that a seek wants.
   *
   * @param key what is sought
   * @param keyOf the key of an image, null for one that no seek finds
   */
  Collection<T> of(long currentStep, Collection<T> all, byte[] key, Function<T, byte[]> keyOf) {
    if (all.size() <= FEW) {
      return all;
    }
    if (step != currentStep) {
      step = currentStep;
      byKey.clear();
      for (T each : all) {
        byte[] itsKey = keyOf.apply(each);
        if (itsKey != null) {
          byKey.computeIfAbsent(ByteBuffer.wrap(itsKey), k -> new ArrayList<>()).add(each);
        }
      }
    }
    return byKey.getOrDefault(ByteBuffer.wrap(key), List.of());
  }
}
