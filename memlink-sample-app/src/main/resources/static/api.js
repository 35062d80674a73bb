// What the page asks the application for, and how its parts are found.

export const at = (id) => document.getElementById(id);

/** Makes an element with classes and children. */
export function element(name, classes, ...children) {
  const made = document.createElement(name);
  made.className = classes ?? '';
  made.append(...children);
  return made;
}

/** Sends a request; fails with what the application says about a mistake. */
export async function call(path, method = 'GET') {
  const response = await fetch(path, { method, cache: 'no-store' });
  const text = await response.text();
  const body = text && response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : null;
  if (!response.ok) {
    throw new Error(body?.detail ?? `${response.status} ${response.statusText}`.trim());
  }
  return { body, headers: response.headers };
}

/** Runs an action while its control shows that it works; what went wrong is shown in a place, until the next action. */
export async function act(control, place, action) {
  control.setAttribute('aria-busy', 'true');
  control.disabled = true;
  try {
    const shown = await action();
    place.replaceChildren(...[shown ?? []].flat());
    return true;
  } catch (error) {
    place.replaceChildren(element('p', 'error', error.message));
    return false;
  } finally {
    control.removeAttribute('aria-busy');
    control.disabled = false;
  }
}

export const badge = (source) => element('span', `badge ${source}`, source);

export function millis(time) {
  if (time == null || Number.isNaN(time)) {
    return '–';
  }
  return time < 1 ? `${time.toFixed(2)} ms` : time < 10 ? `${time.toFixed(1)} ms`
    : time < 1000 ? `${Math.round(time)} ms` : `${(time / 1000).toFixed(1)} s`;
}

export const count = (number) => number.toLocaleString('en-US');
