'use strict';

const $ = id => document.getElementById(id);
$('token').value = sessionStorage.getItem('turso-token') || '';
$('token').addEventListener('change', () => sessionStorage.setItem('turso-token', $('token').value));

function say(text, wrong) {
  $('status').textContent = text;
  $('status').className = wrong ? 'wrong' : '';
}

function show(columns, rows) {
  const head = document.createElement('tr');
  for (const name of columns) head.append(cell('th', name));
  $('result').tHead.replaceChildren(head);
  $('result').tBodies[0].replaceChildren(...rows.map(row => {
    const line = document.createElement('tr');
    if (row.fresh) line.className = 'fresh';
    for (const value of row.values) line.append(cell('td', value));
    return line;
  }));
}

function cell(kind, value) {
  const made = document.createElement(kind);
  made.textContent = value === null ? 'NULL' : String(value);
  if (value === null) made.className = 'null';
  else if (made.textContent.length <= 24) made.className = 'short';
  return made;
}

async function ask(what, signal) {
  const answer = await fetch(what, {
    method: 'POST', body: $('sql').value, signal,
    headers: { 'X-Turso-Token': $('token').value, 'Content-Type': 'text/plain' } });
  if (!answer.ok) {
    const text = await answer.text();
    throw new Error(answer.status === 403 ? ($('token').value ? 'The token is wrong.' : 'Enter the token: the log names the file that it is in.') : text || 'status ' + answer.status);
  }
  return answer;
}

async function rows(what) {
  stop();
  try {
    const result = await (await ask(what)).json();
    show(result.columns, result.rows.map(values => ({ values })));
    say(result.rows.length + (result.more ? ' rows and more' : result.rows.length === 1 ? ' row' : ' rows') +
      (result.columns.length ? '' : ', ' + result.changes + ' changed') + ' in ' + result.micros / 1000 + ' ms');
  } catch (e) { say(e.message, true); }
}

let running = null;
function stop() {
  if (running) running.abort();
  running = null;
  $('stop').disabled = true;
}

async function live() {
  stop();
  const mine = running = new AbortController();
  $('stop').disabled = false;
  try {
    const answer = await ask('live', mine.signal);
    const held = new Map();
    let waiting = '', messages = 0;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const events = (waiting + part.value).split('\n\n');
      waiting = events.pop();
      for (const event of events) {
        const data = /^data: ?(.*)$/m.exec(event);
        if (!data) continue;
        if (/^event: ?rows-failed$/m.test(event)) { stop(); say(data[1], true); return; }
        const message = JSON.parse(data[1]);
        take(held, message);
        show(message.columns, [...held.values()].flatMap(row => Array(row.count).fill(row)));
        say(++messages + ' messages, the newest of commit ' + message.position);
      }
    }
      if (running === mine) { stop(); say('the stream has ended', true); }
  } catch (e) {
    if (e.name === 'AbortError') return;
    if (running === mine) stop();
    say(e.message, true);
  }
}

function take(held, message) {
  if (message.kind === 'snapshot') held.clear();
  for (const row of held.values()) row.fresh = false;
  for (const change of message.changes) {
    const key = JSON.stringify(change.key), row = held.get(key);
    if (change.op === 'd') {
      if (row && row.count > 1) row.count--; else held.delete(key);
    } else {
      const count = row ? row.count + (change.op === 'i' ? 1 : 0) : 1;
      held.set(key, { values: change.row, count, fresh: message.kind === 'delta' });
    }
  }
}

$('run').onclick = () => rows('run');
$('plan').onclick = () => rows('plan');
$('live').onclick = live;
$('stop').onclick = () => { stop(); say('stopped'); };
$('sql').addEventListener('keydown', e => { if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) rows('run'); });
