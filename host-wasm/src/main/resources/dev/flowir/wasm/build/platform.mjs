// What the program needs of the platform: small functions, and one object for each request.
import { bind, bindings } from './bindings.mjs';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const platform = {
  nowMillis: () => Date.now(),
  later: (task, millis) => setTimeout(task, millis),
  forget: (timer) => clearTimeout(timer),
  defer: (task) => queueMicrotask(task),
  uuid: () => crypto.randomUUID(),
  log: (line) => console.warn(line),
  ...bindings,
};

const WHOLE = 0, TOO_LARGE = 1, NOT_TEXT = 2, BROKEN = 3;

// Of a body that is refused so much is thrown away, for so long: workerd hangs up on a client that still sends, and
// such a client would not hear why. The time is longer than the second that clients wait before they send what they
// asked leave for, which workerd does not answer.
const MOST_DISCARDED_BYTES = 16 * 1024 * 1024, DISCARD_MILLIS = 3000;

// Tells what the bytes of a body are.
function text(bytes, done) {
  let text;
  try {
    text = decoder.decode(bytes);
  } catch {
    return done(NOT_TEXT, '');
  }
  return done(WHOLE, text);
}

// Reads a body up to a limit: at once when its length was announced, which the platform holds it to.
function read(request, maxBytes, done) {
  const announced = request.headers.get('content-length');
  const broken = () => done(BROKEN, '');
  if (announced !== null && Number(announced) <= maxBytes) {
    request.arrayBuffer().then(
      (bytes) => (bytes.byteLength > maxBytes ? done(TOO_LARGE, '') : text(bytes, done)), broken);
  } else {
    pieces(request, maxBytes).then((bytes) => (bytes === null ? done(TOO_LARGE, '') : text(bytes, done)), broken);
  }
}

// The bytes of a body; null when there are too many.
async function pieces(request, maxBytes) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_DISCARDED_BYTES) return null;
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size > maxBytes) return null;
  if (chunks.length === 1) return chunks[0];
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

const isRead = (request) => request.bodyUsed || request.body === null;

// Throws a body away that nobody asked for.
function discarded(request) {
  let over;
  const silence = new Promise((said) => { over = setTimeout(said, DISCARD_MILLIS); });
  return Promise.race([new Promise((done) => read(request, 0, done)), silence]).then(() => clearTimeout(over));
}

// Path and query of most addresses, which `URL` would leave as they are. Segments that begin with a dot or an escape
// are its business.
const PLAIN = /^https?:\/\/[^/?#\\]+((?:\/[\w~-][\w.~%-]*)*\/?)(?:\?([\w.~%&=+-]*))?$/;

export function parted(address) {
  const plain = PLAIN.exec(address);
  if (plain !== null) return [plain[1] || '/', plain[2] ?? ''];
  const url = new URL(address);
  return [url.pathname, url.search.slice(1)];
}

class Call {
  #request;
  #address;
  #headers = {};
  #context;
  #answer;
  #resolve;
  #over = () => {};

  constructor(request, context) {
    this.#request = request;
    this.#address = parted(request.url);
    this.#context = context;
  }

  // The answer, or the promise of one.
  answered() { return this.#answer ?? new Promise((resolve) => { this.#resolve = resolve; }); }

  #give(answer) {
    if (this.#resolve === undefined) this.#answer = answer;
    else this.#resolve(answer);
  }

  method() { return this.#request.method; }
  path() { return this.#address[0]; }
  query() { return this.#address[1]; }
  header(name) { return this.#request.headers.get(name); }
  headerCount() { return [...this.#request.headers.keys()].length; }

  body(maxBytes, done) {
    read(this.#request, maxBytes, done);
  }

  onLeave(left) {
    // What was given up cleans up after the answer: the platform must not end the request before.
    this.#context.waitUntil(new Promise((over) => { this.#over = over; }));
    const signal = this.#request.signal;
    if (signal.aborted) left();
    else signal.addEventListener('abort', () => left(), { once: true });
  }

  answerHeader(name, value) { this.#headers[name] = value; }

  json(status, id, body) {
    this.#headers = { 'content-type': 'application/json', 'x-content-type-options': 'nosniff', 'x-request-id': id };
    this.answer(status, body);
  }

  answer(status, body) {
    const bare = status === 204 || status === 304 || this.#request.method === 'HEAD';
    const answer = new Response(bare ? null : body, { status, headers: this.#headers });
    if (isRead(this.#request)) this.#give(answer);
    else discarded(this.#request).then(() => this.#give(answer));
  }

  stream(status, left) {
    const { readable, writable } = new IdentityTransformStream();
    const writer = writable.getWriter();
    writer.closed.catch(() => left());
    this.#give(new Response(readable, { status, headers: this.#headers }));
    return {
      send: (text, sent) => { writer.write(encoder.encode(text)).then(() => sent(true), () => sent(false)); },
      close: () => { writer.close().catch(() => {}); },
      abort: () => { writer.abort(new Error('RUN040')).catch(() => {}); },
    };
  }

  // Somebody else reads the request, or gives the answer.
  lend(take) { take(this.#request, this.#context, (answer) => this.#give(answer), this.#headers); }

  over() { this.#over(); }
}

export function serve(program, request, env, context) {
  bind(env);
  const call = new Call(request, context);
  program.fetch(platform, call);
  return call.answered();
}

// ---- messages and schedules
class Message {
  #message;

  constructor(message) { this.#message = message; }

  id() { return this.#message.id; }
  attempts() { return this.#message.attempts; }
  text() {
    const body = this.#message.body;
    return body instanceof ArrayBuffer ? '' : JSON.stringify(body);
  }
  ack() { this.#message.ack(); }
  retry(delaySeconds) { this.#message.retry(delaySeconds < 0 ? {} : { delaySeconds }); }
}

// Resolves when the program says that it is over, rejects when it says why not.
function until(start) {
  return new Promise((resolve, reject) => {
    start((why) => (why === '' ? resolve() : reject(new Error(why))));
  });
}

export function consume(program, batch, env) {
  bind(env);
  return until((over) => program.queue(platform, {
    queue: () => batch.queue,
    size: () => batch.messages.length,
    message: (index) => new Message(batch.messages[index]),
    over,
  }));
}

export function fire(program, controller, env) {
  bind(env);
  return until((over) => program.scheduled(platform, {
    cron: () => controller.cron,
    atMillis: () => controller.scheduledTime,
    over,
  }));
}
