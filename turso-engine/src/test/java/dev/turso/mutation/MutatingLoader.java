package dev.turso.mutation;

import java.util.Set;

/** Loads the engine with one bug more. */
public final class MutatingLoader extends ReloadingLoader {

  private final Mutation mutation;

  /**
   * @param shared the names of classes that are not loaded anew
   */
  public MutatingLoader(Mutation mutation, Set<String> shared) {
    super(shared);
    this.mutation = mutation;
  }

  @Override
  protected byte[] change(String name, byte[] bytes) {
    return mutation.isIn(name) ? mutation.plant(bytes) : bytes;
  }
}
