'use strict';

const $ = id => document.getElementById(id);
const text = value => value === null || value === undefined ? '' : String(value);
const round = (value, digits) => value === null ? '–' : Number(value).toFixed(digits);

/** At most one repaint of a part per animation frame, however fast messages come. */
const pending = new Map();
function paint(name, draw) {
  if (!pending.size) requestAnimationFrame(() => {
    const draws = [...pending.values()]; pending.clear(); draws.forEach(d => d());
  });
  pending.set(name, draw);
}

function fillTable(id, rows, cells, fresh) {
  const body = $(id).tBodies[0];
  body.replaceChildren(...rows.map(row => {
    const tr = document.createElement('tr');
    if (fresh && fresh.has(row._key)) tr.className = 'fresh';
    for (const [value, style] of cells(row)) {
      const td = document.createElement('td');
      td.textContent = text(value); if (style) td.className = style;
      tr.append(td);
    }
    return tr;
  }));
}

// The map: an outline that ships with the page, and a circle for each airport.
const map = L.map('map', { zoomControl: false, zoomSnap: 0.25, attributionControl: false, scrollWheelZoom: false });
const wholeMap = () => map.fitBounds([[25.5, -124], [48.5, -68]]);
wholeMap();
addEventListener('resize', () => { map.invalidateSize(); wholeMap(); });
fetch('us-states.json').then(r => r.json()).then(states =>
  L.geoJSON(states, { interactive: false, style: { color: '#2e4170', weight: 1, fillColor: '#172342', fillOpacity: 1 } })
    .addTo(map).bringToBack());
const circles = new Map();
const shade = late => late === null ? '#5aa9ff' : `hsl(${Math.max(0, 130 - late * 330)}, 75%, 58%)`;
function drawAirports(airports) {
  const seen = new Set();
  for (const a of airports) {
    seen.add(a.origin);
    let circle = circles.get(a.origin);
    if (!circle) {
      circle = L.circleMarker([a.latitude, a.longitude], { weight: 1, fillOpacity: .65 }).addTo(map);
      circles.set(a.origin, circle);
    }
    const colour = shade(a.share_late);
    circle.setRadius(2 + Math.sqrt(a.departures) * .55).setStyle({ color: colour, fillColor: colour });
    circle.bindTooltip(`${a.origin} ${a.name}<br>${a.departures} departures, mean delay ${round(a.mean_delay, 1)} min`);
  }
  for (const [code, circle] of circles) if (!seen.has(code)) { circle.remove(); circles.delete(code); }
}

// The charts.
Chart.defaults.color = '#8c9ab8'; Chart.defaults.borderColor = '#1c2844'; Chart.defaults.animation = false;
const bars = (canvas, horizontal, datasets) => new Chart($(canvas), {
  type: 'bar', data: { labels: [], datasets },
  options: { indexAxis: horizontal ? 'y' : 'x', maintainAspectRatio: false, responsive: true,
    plugins: { legend: { display: datasets.length > 1, labels: { boxWidth: 12 } } },
    scales: { x: { stacked: !horizontal, grid: { display: horizontal }, ticks: { precision: 0 } },
      y: { stacked: !horizontal, grid: { display: !horizontal }, ticks: { precision: 0 } } } } });
const hours = bars('hours', false, [
  { label: 'late by more than 15 min', backgroundColor: '#ff6b6b', data: [] },
  { label: 'other', backgroundColor: '#5aa9ff', data: [] }]);
const routes = bars('routes', true, [{ label: 'flights', backgroundColor: '#ffc247', data: [] }]);

const rowsOf = {};
const handlers = {
  airports(rows) { paint('airports', () => {
    const all = rows.objects(); drawAirports(all);
    all.sort((a, b) => b.departures - a.departures || (a.origin < b.origin ? -1 : 1));
    fillTable('leaders', all.slice(0, 10), a => [[`${a.origin} ${a.name}`], [a.departures, 'n'],
      [round(a.mean_delay, 1) + ' min', 'n'], [a.share_late === null ? '–' : round(a.share_late * 100, 0) + ' %', 'n']]);
  }); },
  routes(rows) { paint('routes', () => {
    const all = rows.objects().sort((a, b) => b.flights - a.flights || (a.origin + a.destination < b.origin + b.destination ? -1 : 1));
    routes.data.labels = all.map(r => `${r.origin}–${r.destination}`);
    routes.data.datasets[0].data = all.map(r => r.flights); routes.update();
  }); },
  worst(rows, fresh) { paint('worst', () =>
    fillTable('worst', rows.objects().sort((a, b) => b.delay - a.delay || a.id - b.id),
      w => [[w.departure], [w.origin], [w.destination], [w.delay + ' min', 'n']], fresh)); },
  hours(rows) { paint('hours', () => {
    const byHour = new Map(rows.objects().map(h => [h.hour, h]));
    hours.data.labels = [...Array(24).keys()].map(h => String(h).padStart(2, '0'));
    hours.data.datasets[0].data = hours.data.labels.map((_, h) => byHour.get(h)?.late ?? 0);
    hours.data.datasets[1].data = hours.data.labels.map((_, h) => byHour.has(h) ? byHour.get(h).departures - byHour.get(h).late : 0);
    hours.update();
  }); },
  board(rows, fresh) { paint('board', () =>
    fillTable('board', rows.objects().sort((a, b) => b.id - a.id), f => [[f.departure], [f.origin], [f.destination],
      [f.distance, 'n'], f.delay === null ? ['in the air', 'air']
        : f.delay > 15 ? [`${f.delay} min late`, 'late'] : ['landed', 'ok']], fresh)); },
  alerts(rows) { paint('alerts', () => $('alerts').replaceChildren(
    ...rows.objects().sort((a, b) => b.id - a.id).map(a => {
      const li = document.createElement('li'); li.textContent = a.text; return li; }))); },
  totals(rows) { rowsOf.totals = rows.objects()[0]; paint('counters', drawCounters); },
  replay(rows) { rowsOf.replay = rows.objects()[0]; paint('replay', drawReplay); paint('counters', drawCounters); },
  notices(rows) { paint('notices', () => {
    const newest = rows.objects().sort((a, b) => b.id - a.id)[0];
    $('notice').hidden = !newest; if (newest) $('notice').textContent = newest.text; }); },
};

let commits = 0;
function drawCounters() {
  const t = rowsOf.totals, r = rowsOf.replay; if (!t || !r) return;
  $('counters').innerHTML = `<b>${t.flights}</b> flights · <b>${t.flights - t.landed}</b> in the air · ` +
    `<b>${r.cancelled}</b> cancelled · <b id="commits">${commits}</b> commits/s`;
}
function drawReplay() {
  const r = rowsOf.replay; if (!r) return;
  const done = r.next_event >= r.events;
  $('clock').textContent = done ? 'The last flight has landed' : r.clock ?? 'before the first flight';
  $('progress').style.width = (100 * r.next_event / r.events) + '%';
  $('pause').textContent = r.paused ? 'Resume' : 'Pause'; $('pause').hidden = done; $('again').hidden = !done;
  document.querySelectorAll('[data-rate]').forEach(b => b.classList.toggle('active', Number(b.dataset.rate) === r.rate));
}

const stream = liveStream('/live', handlers, on => {
  $('link').textContent = on ? 'live' : 'reconnecting'; $('link').className = 'link ' + (on ? 'on' : 'off');
});
const post = path => fetch(path, { method: 'POST' });
$('pause').onclick = () => post(rowsOf.replay?.paused ? '/replay/resume' : '/replay/pause');
$('again').onclick = () => post('/replay/again');
document.querySelectorAll('[data-rate]').forEach(b => b.onclick = () => post('/replay/rate?eventsPerSecond=' + b.dataset.rate));

// The strip of proof under each part.
let proofs = {}; let proofTime = Date.now();
function drawProofs() {
  const age = (Date.now() - proofTime) / 1000;
  document.querySelectorAll('.proof').forEach(strip => {
    const stats = (strip.dataset.live === 'own' ? own?.state.own : stream.state[strip.dataset.live])?.stats;
    const view = proofs[strip.dataset.view];
    const parts = [];
    const source = view ?? stats;
    if (source) parts.push(`${source.rows} rows · last commit touched ${source.touched} rows in ${Math.round(source.nanos / 1000)} µs`);
    if (view) parts.push(view.equal
      ? `<span class="ok">equals its query: checked ${Math.round(view.secondsAgo + age)} s ago</span>`
      : `<span class="bad">differs from its query</span>`);
    strip.innerHTML = parts.join(' · ');
  });
}
async function refreshProofs() {
  try {
    const answer = await (await fetch('/proof')).json();
    proofs = answer.views; commits = answer.commitsPerSecond; proofTime = Date.now();
    drawProofs(); drawCounters();
  } catch (e) { /* the link badge tells that the server is away */ }
}
setInterval(refreshProofs, 1000); refreshProofs();

// An EventSource does not show what a refusal says.
const tellWhy = async path => {
  const answer = await fetch(path).catch(() => null);
  const why = answer && !answer.ok ? await answer.text() : '';
  if (answer?.ok) answer.body.cancel();
  $('own-error').textContent ||= why || 'the query was refused';
};

// The reader's own SELECT.
let own = null;
$('own').onsubmit = event => {
  event.preventDefault(); own?.close(); $('own-error').textContent = '';
  $('own-result').tHead.replaceChildren(); $('own-result').tBodies[0].replaceChildren();
  const path = '/live/own?sql=' + encodeURIComponent($('sql').value);
  own = liveStream(path, {
    own(rows, fresh) { paint('own', () => {
      const head = document.createElement('tr');
      rows.columns.forEach(c => { const th = document.createElement('th'); th.textContent = c; head.append(th); });
      $('own-result').tHead.replaceChildren(head);
      fillTable('own-result', rows.objects().slice(0, 50), r => rows.columns.map(c => [r[c]]), fresh);
    }); },
    failed(message) { $('own-error').textContent = message; own.close(); },
  }, on => { if (!on && !own?.state.own.stats) { own?.close(); tellWhy(path); } });
};
