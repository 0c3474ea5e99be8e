package dev.turso.session;

import dev.turso.bind.Binder;
import dev.turso.change.AttachedExtension;
import dev.turso.change.Origin;
import dev.turso.exec.write.TriggerProgram;
import dev.turso.exec.write.TriggerPrograms;
import dev.turso.schema.Table;
import dev.turso.schema.Trigger;
import dev.turso.sql.ast.ConflictAction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trigger programs of a connection that are not running. */
final class TriggerCache implements TriggerPrograms {

  /** How deep triggers that fire triggers are compiled ahead; the rest when they fire. */
  private static final int EAGER_DEPTH = 20;

  private final Connection connection;
  private final List<Trigger> compiling = new ArrayList<>();
  private final Map<Trigger, Map<Key, Deque<TriggerProgram>>> idle = new IdentityHashMap<>();

  /** What else a program was compiled for. */
  private record Key(@Nullable ConflictAction conflict) {}

  TriggerCache(Connection connection) {
    this.connection = connection;
  }

  @Override
  public boolean fires(Trigger trigger) {
    for (AttachedExtension each :
        connection.database(trigger.databaseIndex()).shared.extensions()) {
      if (each.standsIn(trigger)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void require(Trigger trigger, Table target, @Nullable ConflictAction conflict) {
    boolean known = idle.containsKey(trigger) || compiling.contains(trigger);
    if (known || compiling.size() >= EAGER_DEPTH || connection.writing().dropping) {
      return;
    }
    compiling.add(trigger);
    try {
      release(trigger, conflict, acquire(trigger, target, Origin.TRIGGER, conflict));
    } finally {
      compiling.removeLast();
    }
  }

  @Override
  public TriggerProgram acquire(
      Trigger trigger, Table target, Origin origin, @Nullable ConflictAction conflict) {
    Map<Key, Deque<TriggerProgram>> ofTrigger = idle.get(trigger);
    Deque<TriggerProgram> known = ofTrigger == null ? null : ofTrigger.get(new Key(conflict));
    TriggerProgram program = known == null ? null : known.poll();
    if (program != null) {
      return program;
    }
    Binder binder = connection.preparation().binder();
    return connection
        .preparation()
        .writeCompiler(binder)
        .compile(binder.bindTrigger(trigger, target), target, origin, conflict);
  }

  @Override
  public void release(Trigger trigger, @Nullable ConflictAction conflict, TriggerProgram program) {
    idle.computeIfAbsent(trigger, key -> new HashMap<>())
        .computeIfAbsent(new Key(conflict), key -> new ArrayDeque<>())
        .push(program);
  }

  void clear() {
    idle.clear();
  }
}
