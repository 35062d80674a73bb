// What the page shows comes from the endpoints any user has: the products, cache.gets and the health of memlink.

const at = (id) => document.getElementById(id);
const times = [];

async function look(id) {
  const started = performance.now();
  const response = await fetch(`products/${id}`);
  const body = await response.json();
  const took = performance.now() - started;
  times.push(took);
  if (times.length > 100) {
    times.shift();
  }
  at('latest').textContent = `${took.toFixed(1)} ms`;
  at('mean').textContent = `${(times.reduce((sum, time) => sum + time, 0) / times.length).toFixed(1)} ms`;
  if (!response.ok) {
    throw new Error(body.detail ?? response.statusText);
  }
  at('shown').textContent = JSON.stringify(body, null, 2);
  return body;
}

async function raise(id) {
  const product = await look(id);
  const price = Math.round(product.price * 110) / 100;
  const response = await fetch(`products/${id}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: product.name, price }),
  });
  if (!response.ok) {
    throw new Error((await response.json()).detail);
  }
  await look(id);
  return `Product ${id} costs ${price} now.`;
}

async function clear() {
  const response = await fetch('products/cache', { method: 'DELETE' });
  if (!response.ok) {
    throw new Error(`Not cleared: ${response.status} ${response.statusText}`);
  }
  return 'Cleared.';
}

async function lookAtMany(first) {
  for (let id = first; id < first + 100; id++) {
    await look(id);
  }
  return `Looked at products ${first} to ${first + 99}.`;
}

async function count(result) {
  const response = await fetch(`actuator/metrics/cache.gets?tag=result:${result}`);
  // A meter that has counted nothing is not there yet.
  return response.ok ? (await response.json()).measurements[0].value : 0;
}

function row(address, { state, connections, lastFailure }) {
  const cells = document.createElement('tr');
  for (const text of [address, state, connections, lastFailure ?? '']) {
    cells.insertCell().textContent = text;
  }
  cells.cells[1].className = state.toLowerCase();
  return cells;
}

async function refresh() {
  const [hits, misses] = await Promise.all([count('hit'), count('miss')]);
  at('hits').textContent = hits;
  at('misses').textContent = misses;
  at('ratio').textContent = hits + misses > 0 ? `${(100 * hits / (hits + misses)).toFixed(1)} %` : '–';
  const health = await (await fetch('actuator/health')).json();
  const { backends } = health.components.memlink.details;
  at('backends').replaceChildren(...Object.entries(backends).map(([address, details]) => row(address, details)));
}

async function act(action) {
  try {
    const said = await action(Number(at('product').value));
    at('said').textContent = typeof said === 'string' ? said : '';
  } catch (error) {
    at('said').textContent = error.message;
  }
  await refresh();
}

at('look').addEventListener('submit', (event) => {
  event.preventDefault();
  act(look);
});
at('many').addEventListener('click', () => act(lookAtMany));
at('raise').addEventListener('click', () => act(raise));
at('clear').addEventListener('click', () => act(clear));

refresh().catch((error) => at('said').textContent = error.message);
setInterval(() => refresh().catch(() => at('said').textContent = 'The application does not answer.'), 2000);
