CREATE MATERIALIZED VIEW pilots_by_rank AS
SELECT rank, COUNT(*) AS n FROM pilot GROUP BY rank;
INSERT INTO pilot (name, rank) VALUES ('Ada', 'captain'), ('Bob', 'captain');
