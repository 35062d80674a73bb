// The buttons that tell a story.

import { act, at, badge, call, count, element, millis } from './api.js';

const paragraph = (...children) => element('p', '', ...children);

async function look(id) {
  const begun = performance.now();
  const { body, headers } = await call(`products/${id}`);
  const took = performance.now() - begun;
  const backend = headers.get('X-Cache-Backend');
  const rank = body.sales.rankInCategory ? `, no. ${body.sales.rankInCategory} in ${body.category}` : '';
  return [
    paragraph(badge(headers.get('X-Cache')), ` in ${millis(took)}${backend ? `, key on ${backend}` : ''}`),
    paragraph(`${body.name}, ${body.price.toFixed(2)}${rank}`),
  ];
}

async function raise(id) {
  const { body } = await call(`demo/price?id=${id}`, 'POST');
  return [
    paragraph(`${body.name} costs ${body.after.toFixed(2)} now, not ${body.before.toFixed(2)}.`),
    paragraph(`${body.seen} of ${body.applications} other applications saw it, after ${millis(body.millis)}.`),
  ];
}

const stampedes = {};

async function stampede(leases) {
  const { body } = await call(`demo/stampede?protection=${leases ? 'LEASE' : 'NONE'}`, 'POST');
  stampedes[leases] = body;
  const bars = element('div', 'bars');
  for (const [kind, name] of [['true', 'with leases'], ['false', 'without']]) {
    const result = stampedes[kind];
    if (result) {
      const fill = element('i');
      fill.style.width = `${100 * result.queries / result.callers}%`;
      const queries = element('strong', '', `${count(result.queries)} ${result.queries === 1 ? 'query' : 'queries'}`);
      queries.dataset.leases = kind;
      bars.append(element('span', 'soft', name), element('div', kind === 'true' ? 'bar' : 'bar without', fill),
        element('span', '', queries, `, ${millis(result.millis)}`));
    }
  }
  return bars;
}

async function clear() {
  const begun = performance.now();
  await call('products/cache', 'DELETE');
  return paragraph(`Cleared in ${millis(performance.now() - begun)}.`);
}

const answers = [];

/** Asks for the bestsellers, as a visitor does each second. */
export async function showBestsellers() {
  let answer;
  try {
    const { body, headers } = await call('products/bestsellers');
    const age = Math.max(0, Math.round((Date.now() - Date.parse(body.asOf)) / 1000));
    answer = [headers.get('X-Cache'), ` No. 1 is ${body.products[0].name}, as of ${age} s ago`];
  } catch (error) {
    answer = ['FAILED', ` ${error.message}`];
  }
  answers.push(answer[0]);
  if (answers.length > 40) {
    answers.shift();
  }
  const strip = element('div', 'strip', ...answers.map((source) => element('i', source)));
  strip.title = 'The last answers, one for each second';
  at('bestsellers').replaceChildren(paragraph(badge(answer[0]), answer[1]), strip);
}

export function stories(refresh) {
  const product = () => at('product').valueAsNumber;
  at('look').addEventListener('submit', (event) => {
    event.preventDefault();
    act(at('look-button'), at('look-result'), () => look(product()));
  });
  at('raise').addEventListener('click', () => act(at('raise'), at('look-result'), () => raise(product())).then(refresh));
  at('stampede').addEventListener('click', () =>
    act(at('stampede'), at('stampede-result'), () => stampede(at('leases').checked)).then(refresh));
  at('clear').addEventListener('click', () => act(at('clear'), at('clear-result'), clear).then(refresh));
  at('database').addEventListener('change', () => {
    call(`demo/database?down=${!at('database').checked}`, 'PUT').then(refresh, () => {
      // The switch shows what is, at the next refresh.
    });
  });
}
