// Where keys live: the backends as /actuator/memlink tells, the last look at each product, and what can be broken.

import { act, at, call, count, element } from './api.js';

const STATES = { UP: 'good', CONNECTING: 'wait', RETURNING: 'wait', DRAINED: 'wait', DOWN: 'bad', EJECTED: 'bad' };
const ACTIONS = { RUNNING: ['freeze', 'kill', 'fill'], FROZEN: ['revive', 'kill'], KILLED: ['revive'] };
const cards = new Map();

const size = (bytes) => bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

export const colourOf = (index) => `var(--backend-${index % 6})`;

function card(backend, index, refresh) {
  const made = element('article', 'card backend');
  made.style.setProperty('--colour', colourOf(index));
  made.dataset.backend = backend.id;
  const parts = {
    card: made,
    state: element('span', 'pill'),
    share: element('span', 'share'),
    address: element('span'),
    version: element('span'),
    dots: element('div', 'dots'),
    used: element('span'),
    evicted: element('span'),
    full: element('span', 'full bad'),
    fill: element('i'),
    failure: element('p', 'failure'),
    buttons: element('div', 'buttons'),
  };
  made.append(
    element('h3', '', backend.id, parts.state, parts.share),
    element('p', 'soft where', parts.address, parts.version),
    parts.dots,
    element('div', 'memory', element('p', 'soft', parts.used, parts.evicted, parts.full), element('div', 'bar', parts.fill)),
    parts.failure,
    parts.buttons,
  );
  for (const action of ['freeze', 'kill', 'fill', 'revive']) {
    const button = element('button', '', action[0].toUpperCase() + action.slice(1));
    button.dataset.action = action;
    button.addEventListener('click', async () => {
      await act(button, at('backends-error'), async () => {
        await call(`demo/servers/${backend.id}/${action}`, 'POST');
        return [];
      });
      await refresh();
    });
    parts.buttons.append(button);
  }
  return parts;
}

function update(parts, backend, state) {
  const demo = state.servers[backend.id];
  const memory = state.memory[backend.id];
  parts.state.className = `pill ${STATES[backend.state] ?? ''}`;
  parts.state.textContent = backend.state;
  parts.share.textContent = `${(100 * (backend.share ?? 0)).toFixed(1)} % of the keys`;
  parts.address.textContent = backend.address;
  parts.version.textContent = backend.version ?? '';
  const full = memory?.recentEvictions > 0;
  parts.used.textContent = memory
    ? `${count(memory.items)} items of ${size(memory.bytes)}, limit ${size(memory.limit)}` : 'no answer';
  parts.evicted.textContent = memory ? `${count(memory.evictions)} evicted` : '';
  parts.full.hidden = !full;
  parts.full.textContent = full ? `full: ${count(memory.recentEvictions)} evicted in the last half minute` : '';
  // A server evicts when its memory is handed out, which is more than its items take.
  const share = full ? 1 : memory ? Math.min(1, memory.bytes / memory.limit) : 0;
  parts.fill.style.width = `${100 * share}%`;
  parts.failure.textContent = backend.state === 'UP' ? '' : backend.lastFailure ?? '';
  parts.buttons.hidden = !demo;
  for (const button of parts.buttons.children) {
    button.disabled = button.hasAttribute('aria-busy') || !(ACTIONS[demo] ?? []).includes(button.dataset.action);
  }
}

/** Puts a dot for each product into the card of its backend, and leaves alone what has not changed. */
function updateDots(parts, products) {
  const dots = parts.dots.children;
  products.forEach(({ id, result }, i) => {
    const dot = dots[i] ?? parts.dots.appendChild(element('i'));
    const classes = `dot ${result.toLowerCase()}`;
    if (dot.className !== classes) {
      dot.className = classes;
    }
    dot.title = `Product ${id}: ${result.toLowerCase()}`;
  });
  while (dots.length > products.length) {
    parts.dots.lastChild.remove();
  }
}

export function showBackends(backends, state, refresh) {
  const gone = new Set(cards.keys());
  backends.forEach((backend, index) => {
    gone.delete(backend.id);
    if (!cards.has(backend.id)) {
      cards.set(backend.id, card(backend, index, refresh));
      at('backends').append(cards.get(backend.id).card);
    }
    const parts = cards.get(backend.id);
    update(parts, backend, state);
    updateDots(parts, state.products.flatMap((look, i) => look?.backend === backend.id
      ? [{ id: i + 1, result: look.result }] : []));
  });
  for (const id of gone) {
    cards.get(id).card.remove();
    cards.delete(id);
  }
}

/** Why everything misses, also what lives on servers that are well. */
export function showUnusable(caches) {
  const names = caches.filter((cache) => !cache.usable).map((cache) => cache.name);
  const text = names.length === 0 ? '' : `Cannot be used: ${names.join(', ')}. Most servers that keep a copy of the`
    + ' generation of a cache are gone, so all is asked of the database, also what lives on servers that are UP.';
  if (at('unusable').textContent !== text) {
    at('unusable').textContent = text;
  }
}

/** What happened to backends, and what was done on the page, as one time line. */
export function showEvents(events, actions, backends) {
  const order = backends.map((backend) => backend.id);
  const all = [
    ...events.map((event) => ({ at: event.at, index: order.indexOf(event.backend), what: event.backend
      ? `${event.backend}: ${event.what}` : event.what })),
    ...actions.map((action) => ({ at: action.at, index: -1, what: action.what, done: true })),
  ];
  all.sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  at('events').replaceChildren(...all.slice(0, 40).map((event) => {
    const mark = element('i');
    if (event.index >= 0) {
      mark.style.setProperty('--colour', colourOf(event.index));
    }
    const time = element('time', '', new Date(event.at).toLocaleTimeString('en-GB'));
    return element('li', event.done ? 'done' : '', time, mark, element('span', '', event.what));
  }));
}
