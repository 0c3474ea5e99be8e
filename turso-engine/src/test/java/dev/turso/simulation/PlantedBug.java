package dev.turso.simulation;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.util.function.BiPredicate;

/**
 * A bug that the engine does not have: one change of the bytecode of one method.
 *
 * @param what in words what the engine then does wrong
 * @param type the class, its package beginning after {@code dev.turso.}
 * @param method all its methods of this name
 * @param change replaces an element of the code, or returns false
 */
record PlantedBug(
    String what, String type, String method, BiPredicate<CodeBuilder, CodeElement> change) {

  boolean isIn(String className) {
    return className.equals("dev.turso." + type);
  }

  /** The class with the bug. */
  byte[] plant(byte[] bytes) {
    int[] changed = {0};
    CodeTransform transform =
        (code, element) -> {
          if (change.test(code, element)) {
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
      throw new IllegalStateException(
          "\"" + what + "\" has no place in " + type + "." + method + " any more");
    }
    return planted;
  }

  // ---- changes ----

  /** Calls of a method are left out; what they should give is zero. */
  static BiPredicate<CodeBuilder, CodeElement> skipping(String called) {
    return answering(called, 0);
  }

  /** Calls of a method are left out, and give a number or truth value. */
  static BiPredicate<CodeBuilder, CodeElement> answering(String called, int answer) {
    return (code, element) -> {
      if (!(element instanceof InvokeInstruction call) || !call.name().equalsString(called)) {
        return false;
      }
      for (ClassDesc each : call.typeSymbol().parameterList().reversed()) {
        pop(code, TypeKind.from(each));
      }
      if (call.opcode() != Opcode.INVOKESTATIC) {
        code.pop();
      }
      push(code, TypeKind.from(call.typeSymbol().returnType()), answer);
      return true;
    };
  }

  private static void pop(CodeBuilder code, TypeKind kind) {
    if (kind.slotSize() == 2) {
      code.pop2();
    } else {
      code.pop();
    }
  }

  private static void push(CodeBuilder code, TypeKind kind, int answer) {
    switch (kind) {
      case VOID -> {}
      case LONG -> code.loadConstant((long) answer);
      case REFERENCE -> code.aconst_null();
      default -> code.loadConstant(answer);
    }
  }

  /** A number in the code is another one. */
  static BiPredicate<CodeBuilder, CodeElement> number(int from, int to) {
    return (code, element) -> {
      if (element instanceof ConstantInstruction constant
          && constant.constantValue() instanceof Integer value
          && value == from) {
        code.loadConstant(to);
        return true;
      }
      return false;
    };
  }

  /** Conditions that the method tests with an opcode are the other way round. */
  static BiPredicate<CodeBuilder, CodeElement> turning(Opcode test, Opcode into) {
    return (code, element) -> {
      if (element instanceof BranchInstruction branch && branch.opcode() == test) {
        code.branch(into, branch.target());
        return true;
      }
      return false;
    };
  }
}
