package dev.turso.mutation;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;

/**
 * One change: a condition in a method decides the other way.
 *
 * @param what in words what the engine then does wrong
 * @param type the class, its package beginning after {@code dev.turso.}
 * @param method all its methods of this name
 * @param branch which of the method's conditional jumps, from 0
 */
public record Mutation(String what, String type, String method, int branch) {

  boolean isIn(String className) {
    return className.equals("dev.turso." + type);
  }

  /** The class with the bug. */
  byte[] plant(byte[] bytes) {
    int[] seen = {0};
    CodeTransform transform = (code, element) -> change(seen, code, element);
    byte[] planted =
        ClassFile.of()
            .transformClass(
                ClassFile.of().parse(bytes),
                ClassTransform.transformingMethodBodies(
                    m -> m.methodName().equalsString(method), transform));
    if (seen[0] <= branch) {
      throw new IllegalStateException(this + " has no place any more");
    }
    return planted;
  }

  private void change(int[] seen, CodeBuilder code, CodeElement element) {
    if (element instanceof BranchInstruction jump
        && jump.opcode() != Opcode.GOTO
        && jump.opcode() != Opcode.GOTO_W
        && seen[0]++ == branch) {
      code.branch(opposite(jump.opcode()), jump.target());
    } else {
      code.with(element);
    }
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
}
