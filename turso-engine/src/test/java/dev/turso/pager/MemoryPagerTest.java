package dev.turso.pager;

class MemoryPagerTest extends PagerContractTest {

  private final String name = "test-" + System.nanoTime();

  @Override
  Pager open() {
    return Pager.openSharedMemory(name, PagerOptions.DEFAULT);
  }
}
