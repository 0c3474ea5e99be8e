CREATE TABLE pilot (id INTEGER PRIMARY KEY, name TEXT NOT NULL, rank TEXT NOT NULL);
CREATE TRIGGER pilot_name BEFORE INSERT ON pilot WHEN NEW.name = '' BEGIN
  SELECT RAISE(ABORT, 'a pilot has a name; not an empty one');
END;
