package dev.turso.spring.slice;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.UUID;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

@Table("pilot")
record Pilot(
    @Id Long id,
    String name,
    LocalDate born,
    LocalDateTime shift,
    Instant seen,
    boolean active,
    UUID badge,
    Rank rank) {

  enum Rank {
    CAPTAIN,
    FIRST_OFFICER
  }
}
