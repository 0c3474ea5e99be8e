package dev.turso.mutation;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
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
 * Changes of code that make bugs. Each replaces an element of the code, or returns false; those that
 * count serve for one planting.
 */
public final class Changes {

  private Changes() {}

  /** A condition decides the other way. */
  static BiPredicate<CodeBuilder, CodeElement> opposite(int branch) {
    int[] seen = {0};
    return (code, element) -> {
      if (element instanceof BranchInstruction jump
          && jump.opcode() != Opcode.GOTO
          && jump.opcode() != Opcode.GOTO_W
          && seen[0]++ == branch) {
        code.branch(opposite(jump.opcode()), jump.target());
        return true;
      }
      return false;
    };
  }

  private static Opcode opposite(Opcode of) {
    return switch (of) {
      case IFEQ -> Opcode.IFNE;
      case IFNE -> Opcode.IFEQ;
      case IFLT -> Opcode.IFGE;
      case IFGE -> Opcode.IFLT;
      case IFGT -> Opcode.IFLE;
      case IFLE -> Opcode.IFGT;
      case IF_ICMPEQ -> Opcode.IF_ICMPNE;
      case IF_ICMPNE -> Opcode.IF_ICMPEQ;
      case IF_ICMPLT -> Opcode.IF_ICMPGE;
      case IF_ICMPGE -> Opcode.IF_ICMPLT;
      case IF_ICMPGT -> Opcode.IF_ICMPLE;
      case IF_ICMPLE -> Opcode.IF_ICMPGT;
      case IF_ACMPEQ -> Opcode.IF_ACMPNE;
      case IF_ACMPNE -> Opcode.IF_ACMPEQ;
      case IFNULL -> Opcode.IFNONNULL;
      case IFNONNULL -> Opcode.IFNULL;
      default -> throw new IllegalStateException(of.toString());
    };
  }

  /** Calls of a method are left out; what they should give is zero. */
  public static BiPredicate<CodeBuilder, CodeElement> skipping(String called) {
    return answering(called, 0);
  }

  /** Calls of a method are left out, and give a number or truth value. */
  public static BiPredicate<CodeBuilder, CodeElement> answering(String called, int answer) {
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

  /**
   * One call of a method is left out.
   *
   * @param number which one, from 1
   */
  public static BiPredicate<CodeBuilder, CodeElement> skipping(String called, int number) {
    BiPredicate<CodeBuilder, CodeElement> skipping = skipping(called);
    int[] seen = {0};
    return (code, element) ->
        element instanceof InvokeInstruction call
            && call.name().equalsString(called)
            && ++seen[0] == number
            && skipping.test(code, element);
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
  public static BiPredicate<CodeBuilder, CodeElement> reading(String field, String instead) {
    return (code, element) -> {
      if (element instanceof FieldInstruction read && read.name().equalsString(field)) {
        code.fieldAccess(read.opcode(), read.owner().asSymbol(), instead, read.typeSymbol());
        return true;
      }
      return false;
    };
  }

  /** Comparisons of long numbers find them equal. */
  public static boolean comparingEqual(CodeBuilder code, CodeElement element) {
    if (element instanceof OperatorInstruction compare && compare.opcode() == Opcode.LCMP) {
      code.pop2().pop2().iconst_0();
      return true;
    }
    return false;
  }

  /** A branch that is taken where a number is zero is never taken. */
  public static boolean ignoringZero(CodeBuilder code, CodeElement element) {
    if (element instanceof BranchInstruction branch && branch.opcode() == Opcode.IFEQ) {
      code.pop();
      return true;
    }
    return false;
  }

  /** Only the change of this number, from 1, is made. */
  public static BiPredicate<CodeBuilder, CodeElement> only(
      int number, BiPredicate<CodeBuilder, CodeElement> change, Class<?> of, Opcode opcode) {
    int[] seen = {0};
    return (code, element) ->
        of.isInstance(element)
            && ((Instruction) element).opcode() == opcode
            && ++seen[0] == number
            && change.test(code, element);
  }

  /** A number in the code is another one. */
  public static BiPredicate<CodeBuilder, CodeElement> number(int from, int to) {
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
