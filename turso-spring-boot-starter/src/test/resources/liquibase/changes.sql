--liquibase formatted sql

--changeset crew:1
CREATE TABLE pilot (id INTEGER PRIMARY KEY, name TEXT NOT NULL, rank TEXT NOT NULL);
--rollback DROP TABLE pilot;

--changeset crew:2
CREATE MATERIALIZED VIEW pilots_by_rank AS SELECT rank, COUNT(*) AS n FROM pilot GROUP BY rank;
--rollback DROP VIEW pilots_by_rank;
