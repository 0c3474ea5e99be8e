-- What a script may hold; also behind a comment.
CREATE TABLE pilot (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE, -- 'quoted;'
  rank TEXT,
  bonus DECIMAL(9, 2),
  born DATE
);
CREATE TABLE renamed (id INTEGER, was TEXT);
CREATE TRIGGER pilot_renamed AFTER UPDATE OF name ON pilot
BEGIN
  INSERT INTO renamed VALUES (old.id, old.name);
  UPDATE pilot SET rank = 'new; ' || rank WHERE id = new.id;
END;
CREATE MATERIALIZED VIEW pilots_by_rank AS
  SELECT rank, COUNT(*) AS n FROM pilot GROUP BY rank;
