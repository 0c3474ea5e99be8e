package dev.turso.mutation;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * Loads the engine's classes, and those of a test that use them, anew and changed. Types by which the
 * test talks to them stay those of the loader around.
 */
public abstract class ReloadingLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private static final String ENGINE = "dev.turso.";

  private final Set<String> shared;

  /**
   * @param shared the names of classes that are not loaded anew
   */
  protected ReloadingLoader(Set<String> shared) {
    super(ReloadingLoader.class.getClassLoader());
    this.shared = shared;
  }

  /** What becomes of a class, or its bytes as they are. */
  protected abstract byte[] change(String name, byte[] bytes);

  @Override
  protected final Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(ENGINE) || shared.contains(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String resource = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(resource)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = change(name, in.readAllBytes());
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
