package dev.turso.simulation;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
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

  /** A field that is read is another one. */
  static BiPredicate<CodeBuilder, CodeElement> reading(String field, String instead) {
    return (code, element) -> {
      if (element instanceof FieldInstruction read && read.name().equalsString(field)) {
        code.fieldAccess(read.opcode(), read.owner().asSymbol(), instead, read.typeSymbol());
        return true;
      }
      return false;
    };
  }

  /** Comparisons of long numbers find them equal. */
  static boolean comparingEqual(CodeBuilder code, CodeElement element) {
    if (element instanceof OperatorInstruction compare && compare.opcode() == Opcode.LCMP) {
      code.pop2().pop2().iconst_0();
      return true;
    }
    return false;
  }

  /** A branch that is taken where a number is zero is never taken. */
  static boolean ignoringZero(CodeBuilder code, CodeElement element) {
    if (element instanceof BranchInstruction branch && branch.opcode() == Opcode.IFEQ) {
      code.pop();
      return true;
    }
    return false;
  }

  /** Only the change of this number, from 1, is made. */
  static BiPredicate<CodeBuilder, CodeElement> only(
      int number, BiPredicate<CodeBuilder, CodeElement> change, Class<?> of, Opcode opcode) {
    int[] seen = {0};
    return (code, element) ->
        of.isInstance(element)
            && ((Instruction) element).opcode() == opcode
            && ++seen[0] == number
            && change.test(code, element);
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
}
