package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.TableOptions.TableType;
import org.jooq.codegen.GenerationTool;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JooqTest {

  @TempDir Path folder;

  private static final Table<Record> PILOT = table(name("pilot"));
  private static final Field<Long> ID = field(name("id"), SQLDataType.BIGINT);
  private static final Field<String> NAME = field(name("name"), SQLDataType.VARCHAR);
  private static final Field<String> RANK = field(name("rank"), SQLDataType.VARCHAR);

  @Test
  void insertsReturnTheirRowsAndTransactionsNest() throws Exception {
    DataSource source = TestDatabase.create(TestDatabase.PILOT, TestDatabase.VIEW);
    DSLContext jooq = DSL.using(source, SQLDialect.SQLITE);
    Long id =
        jooq.insertInto(PILOT, NAME, RANK).values("Ada", "captain").returning(ID).fetchSingle(ID);
    assertThat(id).isEqualTo(1);
    jooq.insertInto(PILOT, NAME, RANK).values("Bob", "captain").execute();
    jooq.transaction(outer -> {
      outer.dsl().update(PILOT).set(RANK, "retired").where(NAME.eq("Bob")).execute();
      assertThatThrownBy(() ->
              outer
                  .dsl()
                  .transaction(
                      inner -> inner.dsl().insertInto(PILOT, NAME).values("Ada").execute()))
          .isInstanceOf(IntegrityConstraintViolationException.class);
    });
    assertThat(
            jooq.select(RANK, count()).from(PILOT).groupBy(RANK).orderBy(RANK).fetch().intoMaps())
        .extracting(row -> row.get("rank"))
        .containsExactly("captain", "retired");
    assertThat(TestDatabase.counted(source, "retired")).isEqualTo(1);
    TestDatabase.verifyCrossing(source);
  }

  @Test
  void upsertsBatchesAndPages() {
    DataSource source = TestDatabase.create(TestDatabase.PILOT);
    DSLContext jooq = DSL.using(source, SQLDialect.SQLITE);
    int[] counts =
        jooq.batch(
                jooq.insertInto(PILOT, NAME).values("a"),
                jooq.insertInto(PILOT, NAME).values("b"),
                jooq.insertInto(PILOT, NAME).values("c"))
            .execute();
    assertThat(counts).containsExactly(1, 1, 1);
    jooq.insertInto(PILOT, NAME, RANK)
        .values("b", "captain")
        .onConflict(NAME)
        .doUpdate()
        .set(RANK, "captain")
        .execute();
    assertThat(jooq.select(NAME).from(PILOT).orderBy(NAME).limit(1).offset(1).fetch(NAME))
        .containsExactly("b");
    assertThat(jooq.fetchCount(PILOT, RANK.eq("captain"))).isEqualTo(1);
  }

  @Test
  void itsMetaDataSeesAMaterializedViewAsAView() {
    DataSource source = TestDatabase.create(TestDatabase.PILOT, TestDatabase.VIEW);
    var tables = DSL.using(source, SQLDialect.SQLITE).meta().getTables();
    assertThat(tables)
        .filteredOn(each -> each.getName().equals("pilots_by_rank"))
        .singleElement()
        .satisfies(view -> {
          assertThat(view.getTableType()).isEqualTo(TableType.VIEW);
          assertThat(view.fields()).extracting(Field::getName).containsExactly("rank", "n");
        });
  }

  @Test
  void itsGeneratorWritesClassesForTablesAndViews() throws Exception {
    String url = "jdbc:turso:" + folder.resolve("generated.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(TestDatabase.PILOT + ";" + TestDatabase.VIEW);
      statement.execute("PRAGMA turso_capture = 'full'");
      statement.execute("INSERT INTO pilot (name, rank) VALUES ('Ada', 'captain')");
    }
    GenerationTool.generate(
        new Configuration()
            .withJdbc(new Jdbc().withDriver("dev.turso.jdbc.TursoDriver").withUrl(url))
            .withGenerator(
                new Generator()
                    .withDatabase(
                        new org.jooq.meta.jaxb.Database()
                            .withName("org.jooq.meta.sqlite.SQLiteDatabase")
                            .withExcludes("turso_.*|sqlite_.*"))
                    .withTarget(
                        new Target()
                            .withPackageName("crew")
                            .withDirectory(folder.resolve("sources").toString()))));
    Path tables = folder.resolve("sources/crew/tables");
    assertThat(tables.toFile().list())
        .filteredOn(name -> name.endsWith(".java"))
        .containsExactlyInAnyOrder("Pilot.java", "PilotsByRank.java");
    assertThat(tables.resolve("Pilot.java")).content().contains("SQLDataType.INTEGER", "RANK");
    assertThat(tables.resolve("PilotsByRank.java")).content().contains("RANK", "\"n\"");
  }
}
