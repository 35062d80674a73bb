// Asks once in a second for what the page shows, for as long as it is seen.

import { at, call, count, element, millis } from './api.js';
import { charts, hitRatio } from './charts.js';
import { showBackends, showEvents, showUnusable } from './servers.js';
import { showBestsellers, stories } from './stories.js';

const COUNTERS = [['Hits', 'hits'], ['Misses', 'misses'], ['Old answers', 'stale'], ['Evictions', 'evictions'],
  ['Failures', 'failures'], ['Database queries', 'queries']];

function mean(samples, name) {
  const times = samples.map((sample) => sample[name]).filter((time) => time != null);
  return times.length > 0 ? times.reduce((sum, time) => sum + time, 0) / times.length : null;
}

function showSpeed(state) {
  const latest = state.samples.slice(-10);
  const cached = mean(latest, 'cached');
  const uncached = mean(latest, 'uncached');
  at('cached').textContent = millis(cached);
  at('uncached').textContent = state.databaseDown ? 'fails' : millis(uncached);
  if (state.databaseDown) {
    at('faster').textContent = '∞';
    at('faster-note').textContent = 'the cache answers, the database does not';
    return;
  }
  const factor = cached && uncached ? uncached / cached : null;
  at('faster').textContent = factor ? `${factor < 10 ? factor.toFixed(1) : Math.round(factor)}×` : '–';
  at('faster-note').textContent = 'as fast with the cache';
}

function showCounters({ samples, totals }) {
  const minute = samples[Math.max(0, samples.length - 61)]?.totals ?? totals;
  at('counters').replaceChildren(...COUNTERS.map(([name, counter]) => {
    const row = element('tr', '', element('th', '', name), element('td', '', count(totals[counter] - minute[counter])),
      element('td', '', count(totals[counter])));
    row.dataset.counter = counter;
    return row;
  }));
}

function showTraffic(perSecond) {
  // Not while it is being moved.
  if (document.activeElement !== at('traffic')) {
    at('traffic').value = perSecond;
    at('rate').textContent = perSecond;
  }
}

let drawn;
let refreshing = false;

async function refresh() {
  if (refreshing) {
    return;
  }
  refreshing = true;
  try {
    const [{ body: state }, { body: memlink }] = await Promise.all([call('demo/state'), call('actuator/memlink')]);
    const client = Object.values(memlink.clients)[0];
    drawn.show(state.samples);
    const ratios = state.samples.slice(-5).map(hitRatio).filter((ratio) => ratio != null);
    at('ratio').textContent = ratios.length > 0 ? `${ratios.at(-1).toFixed(0)} %` : '–';
    showSpeed(state);
    showCounters(state);
    showTraffic(state.perSecond);
    at('database').checked = !state.databaseDown;
    showUnusable(client.caches);
    showBackends(client.backends, state, refresh);
    showEvents(client.events, state.actions, client.backends);
    at('live').textContent = 'live';
    at('live').className = 'pill good';
  } catch {
    at('live').textContent = 'no answer';
    at('live').className = 'pill bad';
  } finally {
    refreshing = false;
  }
}

function chooseTheme(theme) {
  document.documentElement.dataset.theme = theme;
  drawn?.redraw();
}

const dark = matchMedia('(prefers-color-scheme: dark)');
chooseTheme(localStorage.getItem('theme') ?? (dark.matches ? 'dark' : 'light'));
dark.addEventListener('change', () => chooseTheme(dark.matches ? 'dark' : 'light'));
at('theme').addEventListener('click', () => {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', theme);
  chooseTheme(theme);
});

at('traffic').addEventListener('input', () => {
  at('rate').textContent = at('traffic').value;
});
at('traffic').addEventListener('change', () => {
  call(`demo/traffic?perSecond=${at('traffic').value}`, 'PUT').finally(() => at('traffic').blur());
});

drawn = charts();
stories(refresh);

async function everySecond() {
  if (!document.hidden) {
    await Promise.all([refresh(), showBestsellers()]);
  }
  setTimeout(everySecond, 1000);
}
everySecond();
