// The two charts, drawn with uPlot in the colours of the theme.

import { at } from './api.js';

const HEIGHT = 210;
const SECONDS = 180;

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString('en-GB');

function axis(options) {
  return {
    stroke: () => colour('--soft'),
    grid: { stroke: () => colour('--line'), width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
    ...options,
  };
}

function line(name, fill) {
  return {
    stroke: () => colour(name),
    fill: fill ? () => `color-mix(in srgb, ${colour(name)} 14%, transparent)` : undefined,
    width: 2,
    points: { show: false },
  };
}

function chart(id, scale, marks, series) {
  const place = at(id);
  const made = new uPlot({
    width: place.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, points: { size: 6 } },
    scales: {
      x: { time: true, range: () => [Date.now() / 1000 - SECONDS, Date.now() / 1000] },
      y: scale,
    },
    axes: [
      axis({ space: 90, size: 30, values: (plot, splits) => splits.map(clock) }),
      axis({ size: 58, ...marks }),
    ],
    series: [{}, ...series],
  }, [[], ...series.map(() => [])], place);
  new ResizeObserver(() => made.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
  return made;
}

const powersOfTen = (plot, axis, min, max) => {
  const powers = [];
  for (let power = Math.round(Math.log10(min)); power <= Math.round(Math.log10(max)); power++) {
    powers.push(10 ** power);
  }
  return powers;
};

const times = (plot, splits) => splits.map((split) => split < 1000 ? `${split} ms` : `${split / 1000} s`);

export function charts() {
  const latency = chart('latency', {
    distr: 3,
    range: (plot, min, max) => [10 ** Math.floor(Math.log10(Math.min(min ?? 0.1, 0.1))),
      10 ** Math.ceil(Math.log10(Math.max(max ?? 10, 10)))],
  }, { splits: powersOfTen, filter: (plot, splits) => splits, values: times }, [line('--accent'), line('--uncached')]);
  const ratio = chart('hits', { range: [0, 102] }, { values: (plot, splits) => splits.map((split) => `${split} %`) },
    [line('--accent', true)]);
  return {
    show(samples) {
      const seconds = samples.map((sample) => sample.at / 1000);
      latency.setData([seconds, samples.map((sample) => sample.cached), withoutGaps(samples, 'uncached')]);
      ratio.setData([seconds, samples.map(hitRatio)]);
    },
    redraw() {
      latency.redraw();
      ratio.redraw();
    },
  };
}

// The database is asked four times in a second: where that took longer, its line goes on.
function withoutGaps(samples, name) {
  return samples.map((sample, i) => sample[name] ?? samples[i - 1]?.[name] ?? null);
}

export function hitRatio(sample) {
  const answered = sample.hits + sample.stale;
  const all = answered + sample.misses + sample.failed;
  return all > 0 ? 100 * answered / all : null;
}
