CREATE MATERIALIZED VIEW airport_board AS
SELECT f.origin, a.name, a.latitude, a.longitude,
       COUNT(*) AS departures,
       AVG(f.delay) AS mean_delay,
       AVG(f.delay > 15) AS share_late
FROM flight f JOIN airport a ON a.iata = f.origin
GROUP BY f.origin, a.name, a.latitude, a.longitude;

CREATE MATERIALIZED VIEW busiest_route AS
SELECT origin, destination, COUNT(*) AS flights, AVG(delay) AS mean_delay
FROM flight
GROUP BY origin, destination
ORDER BY flights DESC, origin, destination LIMIT 10;

CREATE MATERIALIZED VIEW worst_delay AS
SELECT id, departure, origin, destination, delay
FROM flight
WHERE delay IS NOT NULL
ORDER BY delay DESC, id LIMIT 10;

CREATE MATERIALIZED VIEW departures_by_hour AS
SELECT CAST(substr(departure, 12, 2) AS INTEGER) AS hour,
       COUNT(*) AS departures,
       COUNT(CASE WHEN delay > 15 THEN 1 END) AS late
FROM flight
GROUP BY CAST(substr(departure, 12, 2) AS INTEGER);
