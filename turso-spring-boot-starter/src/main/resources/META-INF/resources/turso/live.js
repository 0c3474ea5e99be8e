'use strict';

// The browser's side of a stream of live queries: <script src="/turso/live.js">, then
//   liveStream('/live', { best(rows, fresh) { draw(rows.objects()); } }, linked => …);
// or, of the ready-made endpoint, liveStream(liveUrl('/live', ['board'], { airport: 'ATL' }), …).
// The browser opens a connection that was cut again and says what it has: it is sent what it missed, or a
// snapshot, which replaces everything.

/** The rows of one live query, kept by key: a snapshot replaces them, a delta is applied to them. */
class LiveRows {
  constructor() { this.rows = new Map(); this.columns = []; this.stats = null; this.position = null; }

  /** Applies a message; gives the keys of the rows that are new or changed. */
  apply(message) {
    const fresh = new Set();
    this.position = message.position;
    if (message.kind === 'resumed') return fresh;
    if (message.kind === 'snapshot') this.rows.clear();
    for (const change of message.changes) {
      const key = JSON.stringify(change.key);
      const held = this.rows.get(key);
      if (change.op === 'd') {
        if (held && held.count > 1) held.count--; else this.rows.delete(key);
      } else if (change.op === 'i' && held) {
        held.count++; held.row = change.row;
      } else {
        this.rows.set(key, { row: change.row, count: held ? held.count : 1 });
        if (message.kind === 'delta') fresh.add(key);
      }
    }
    this.columns = message.columns; this.stats = message.stats;
    return fresh;
  }

  /** The rows as objects by column name, each as often as it occurs. */
  objects() {
    const out = [];
    for (const [key, held] of this.rows) {
      const row = { _key: key };
      this.columns.forEach((name, i) => { row[name] = held.row[i]; });
      for (let i = 0; i < held.count; i++) out.push(row);
    }
    return out;
  }
}

/** The address of declared queries with their parameters. */
function liveUrl(path, names, parameters) {
  const given = new URLSearchParams(parameters || {}).toString();
  return path + '/' + names.map(encodeURIComponent).join(',') + (given ? '?' + given : '');
}

/** Opens one stream and hands each named query's rows to its handler after every message. */
function liveStream(url, handlers, onLink) {
  const source = new EventSource(url);
  const state = {};
  for (const name of Object.keys(handlers)) {
    const rows = state[name] = new LiveRows();
    source.addEventListener(name, event => {
      const fresh = rows.apply(JSON.parse(event.data));
      handlers[name](rows, fresh);
    });
    source.addEventListener(name + '-failed', event => {
      if (handlers.failed) handlers.failed(event.data);
    });
  }
  source.onopen = () => onLink && onLink(true);
  source.onerror = () => onLink && onLink(false);
  return { state, close: () => source.close() };
}
