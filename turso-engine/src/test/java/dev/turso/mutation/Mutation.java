package dev.turso.mutation;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * A bug that the engine does not have: one change of the bytecode of one method.
 *
 * @param what in words what the engine then does wrong
 * @param type the class, its package beginning after {@code dev.turso.}
 * @param method all its methods of this name
 * @param change one of {@link Changes}, made anew for each planting
 */
public record Mutation(
    String what,
    String type,
    String method,
    Supplier<BiPredicate<CodeBuilder, CodeElement>> change) {

  /**
   * A condition in a method decides the other way.
   *
   * @param branch which of the method's conditional jumps, from 0
   */
  public Mutation(String what, String type, String method, int branch) {
    this(what, type, method, () -> Changes.opposite(branch));
  }

  /** Whether it is in the class of this name. */
  public boolean isIn(String className) {
    return className.equals("dev.turso." + type);
  }

  /** The class with the bug. */
  public byte[] plant(byte[] bytes) {
    BiPredicate<CodeBuilder, CodeElement> changes = change.get();
    int[] changed = {0};
    CodeTransform transform =
        (code, element) -> {
          if (changes.test(code, element)) {
            changed[0]++;
          } else {
            code.with(element);
          }
        };
    byte[] planted =
        ClassFile.of()
            .transformClass(
                ClassFile.of().parse(bytes),
                ClassTransform.transformingMethodBodies(
                    m -> m.methodName().equalsString(method), transform));
    if (changed[0] == 0) {
      throw new IllegalStateException(this + " has no place any more");
    }
    return planted;
  }

  @Override
  public String toString() {
    return '"' + what + "\" in " + type + "." + method;
  }
}
