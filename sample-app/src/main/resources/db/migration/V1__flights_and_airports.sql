CREATE TABLE airport (
  iata      TEXT PRIMARY KEY,
  name      TEXT NOT NULL,
  city      TEXT,
  state     TEXT,
  country   TEXT,
  latitude  REAL NOT NULL,
  longitude REAL NOT NULL
) WITHOUT ROWID;

CREATE TABLE flight (
  id          INTEGER PRIMARY KEY,
  departure   TEXT NOT NULL,
  arrival     TEXT,
  origin      TEXT NOT NULL REFERENCES airport (iata),
  destination TEXT NOT NULL REFERENCES airport (iata),
  distance    INTEGER NOT NULL,
  delay       INTEGER
);

CREATE INDEX flight_origin ON flight (origin);
CREATE INDEX flight_route ON flight (origin, destination);
CREATE INDEX flight_destination ON flight (destination);

CREATE TABLE alert (
  id     INTEGER PRIMARY KEY,
  flight INTEGER NOT NULL,
  text   TEXT NOT NULL
);

CREATE TABLE notice (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL
);

CREATE TABLE replay (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  next_event INTEGER NOT NULL,
  events     INTEGER NOT NULL,
  clock      TEXT,
  cancelled  INTEGER NOT NULL,
  rate       INTEGER NOT NULL,
  paused     INTEGER NOT NULL
);
