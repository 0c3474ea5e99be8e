package dev.turso.spring.slice;

import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;

interface PilotRepository
    extends CrudRepository<Pilot, Long>, PagingAndSortingRepository<Pilot, Long> {

  List<Pilot> findByActiveTrueOrderByName();

  Page<Pilot> findByNameStartingWith(String prefix, Pageable page);

  @Query("SELECT COUNT(*) FROM pilot WHERE born >= :year || '-01-01'")
  long countBornSince(String year);
}
