package dev.turso.simulation;

import dev.turso.mutation.Mutation;
import dev.turso.mutation.ReloadingLoader;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Loads the engine anew, with its calls for time, chance and threads led to {@link SimulatedClock}, and
 * with one bug more if one is planted. The engine's own code has no place for either.
 */
final class SimulationLoader extends ReloadingLoader {

  private static final ClassDesc CLOCK = ClassDesc.of("dev.turso.simulation.SimulatedClock");
  private static final MethodTypeDesc SEED = MethodTypeDesc.of(ConstantDescs.CD_long);
  private static final MethodTypeDesc TAKES_SEED =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long);
  private static final MethodTypeDesc START =
      MethodTypeDesc.ofDescriptor(
          "(Ljava/lang/Thread$Builder;Ljava/lang/Runnable;)Ljava/lang/Thread;");

  /** A class whose bytes name none of these is taken as it is. */
  private static final List<String> LED =
      List.of("nanoTime", "currentTimeMillis", "parkNanos", "SplittableRandom", "Thread$Builder");

  private final @Nullable Mutation bug;

  SimulationLoader(@Nullable Mutation bug) {
    super(Set.of());
    this.bug = bug;
    setDefaultAssertionStatus(true);
  }

  @Override
  protected byte[] change(String name, byte[] bytes) {
    byte[] led = bytes;
    if (!name.startsWith("dev.turso.simulation.") && namesAny(bytes)) {
      led = transform(bytes, ClassTransform.transformingMethodBodies(SimulationLoader::lead));
    }
    return bug != null && bug.isIn(name) ? bug.plant(led) : led;
  }

  private static boolean namesAny(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return LED.stream().anyMatch(text::contains);
  }

  private static byte[] transform(byte[] bytes, ClassTransform transform) {
    ClassModel model = ClassFile.of().parse(bytes);
    return ClassFile.of().transformClass(model, transform);
  }

  private static void lead(CodeBuilder code, CodeElement element) {
    if (!(element instanceof InvokeInstruction call)) {
      code.with(element);
      return;
    }
    String owner = call.owner().asInternalName();
    String name = call.name().stringValue();
    if (owner.equals("java/util/SplittableRandom") && call.type().equalsString("()V")) {
      code.invokestatic(CLOCK, "seed", SEED)
          .invokespecial(call.owner().asSymbol(), name, TAKES_SEED);
    } else if (owner.equals("java/lang/System") && name.matches("nanoTime|currentTimeMillis")
        || owner.equals("java/util/concurrent/locks/LockSupport") && name.equals("parkNanos")) {
      code.invokestatic(CLOCK, name, call.typeSymbol());
    } else if (owner.startsWith("java/lang/Thread$Builder") && name.equals("start")) {
      code.invokestatic(CLOCK, "start", START);
    } else {
      code.with(element);
    }
  }
}
