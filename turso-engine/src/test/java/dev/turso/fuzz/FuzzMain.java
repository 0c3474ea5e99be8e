package dev.turso.fuzz;

import java.util.Map;
import java.util.TreeMap;

/** {@code FuzzMain SECONDS SEED}: runs programs and prints what differs. */
final class FuzzMain {

  private FuzzMain() {}

  public static void main(String[] args) {
    long end = System.nanoTime() + Long.parseLong(args[0]) * 1_000_000_000L;
    long seed = Long.parseLong(args[1]);
    int most = args.length > 2 ? Integer.parseInt(args[2]) : 40;
    Coverage coverage = new Coverage();
    Fuzzer fuzzer = new Fuzzer(TursoEngine::new, coverage);
    Map<String, Integer> kinds = new TreeMap<>();
    int found = 0;
    for (; System.nanoTime() < end && found < most; seed++) {
      Fuzzer.Failure failure = fuzzer.run(seed);
      if (failure != null) {
        found++;
        System.out.println("######## seed " + seed);
        System.out.println(failure.difference());
        fuzzer.shrink(failure).forEach(each -> System.out.println(each + ";"));
      }
    }
    System.out.println(coverage.summary());
    System.out.println(fuzzer.summary() + ", " + found + " differ; next seed " + seed);
  }
}
