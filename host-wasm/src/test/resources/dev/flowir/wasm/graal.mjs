// The least that a worker's program asks of its platform, in plain JavaScript: one event loop whose clock goes on
// when it is asked and when a timer rings.
import * as program from '../src/app.mjs';

let now = 1_800_000_000_000;
let made = 0;
let timers = [];

const later = (task, millis) => {
  made += 1;
  timers.push({ id: made, at: now + millis, task });
  return made;
};
const forget = (id) => { timers = timers.filter((it) => it.id !== id); };
globalThis.setTimeout = (task, millis = 0) => later(task, millis);
globalThis.clearTimeout = forget;

const platform = {
  nowMillis: () => (now += 0.01),
  later,
  forget,
  defer: (task) => { Promise.resolve().then(task); },
  uuid: () => '00000000-0000-4000-8000-' + String(made += 1).padStart(12, '0'),
  log() {},
  isBound: () => false,
};

// Whether a timer is due without waiting.
export const due = () => timers.some((it) => it.at <= now);

// Rings the next timer; false when there is none.
export function step() {
  timers.sort((one, two) => one.at - two.at || one.id - two.id);
  const timer = timers.shift();
  if (timer === undefined) return false;
  now = Math.max(now, timer.at);
  timer.task();
  return true;
}

// Begins a request; what it answers is in the object that is given back. The client of a stream leaves after LEAVING.
export function ask(method, path, query, fields, body, size, leaving) {
  const exchange = { done: false, status: 0, headers: {}, text: '', leave: () => {} };
  let gone = false;
  program.fetch(platform, {
    method: () => method,
    path: () => path,
    query: () => query,
    header: (name) => fields[name] ?? null,
    headerCount: () => Object.keys(fields).length,
    body: (most, taken) => platform.defer(() => (size > most ? taken(1, '') : taken(0, body))),
    onLeave: (left) => { exchange.leave = () => left(); },
    answerHeader: (name, value) => { exchange.headers[name] = value; },
    json(status, id, text) {
      this.answerHeader('x-request-id', id);
      this.answerHeader('content-type', 'application/json');
      this.answerHeader('x-content-type-options', 'nosniff');
      this.answer(status, text);
    },
    answer(status, text) {
      exchange.status = status;
      exchange.text = method === 'HEAD' || status === 204 ? '' : text;
      exchange.done = true;
    },
    stream(status, left) {
      exchange.status = status;
      return {
        send(text, sent) {
          exchange.text += text;
          if (!gone && leaving !== '' && exchange.text.includes(leaving)) {
            gone = true;
            exchange.done = true;
            platform.defer(left);
          }
          const there = !gone;
          platform.defer(() => sent(there));
        },
        close() { exchange.done = true; },
      };
    },
    over() {},
  });
  return exchange;
}
