package dev.turso.exec.operator;

import dev.turso.value.Register;

/** Arrays of registers. */
final class Registers {

  private Registers() {}

  static Register[] create(int count) {
    Register[] registers = new Register[count];
    for (int i = 0; i < count; i++) {
      registers[i] = new Register();
    }
    return registers;
  }
}
