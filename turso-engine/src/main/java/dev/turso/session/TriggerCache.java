package dev.turso.session;

import dev.turso.bind.Binder;
import dev.turso.change.AttachedExtension;
import dev.turso.change.Origin;
import dev.turso.exec.write.TriggerProgram;
import dev.turso.exec.write.TriggerPrograms;
import dev.turso.schema.Table;
import dev.turso.schema.Trigger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;

/** The trigger programs of a connection that are not running. */
final class TriggerCache implements TriggerPrograms {

  private final Connection connection;
  private final Map<Trigger, Deque<TriggerProgram>> idle = new IdentityHashMap<>();

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
  public TriggerProgram acquire(Trigger trigger, Table target, Origin origin) {
    Deque<TriggerProgram> known = idle.get(trigger);
    TriggerProgram program = known == null ? null : known.poll();
    if (program != null) {
      return program;
    }
    Binder binder = connection.preparation().binder();
    return connection
        .preparation()
        .writeCompiler(binder)
        .compile(binder.bindTrigger(trigger, target), target, origin);
  }

  @Override
  public void release(Trigger trigger, TriggerProgram program) {
    idle.computeIfAbsent(trigger, key -> new ArrayDeque<>()).push(program);
  }

  void clear() {
    idle.clear();
  }
}
