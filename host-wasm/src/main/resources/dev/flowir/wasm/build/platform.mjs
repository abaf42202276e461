// What the program needs of the platform: small functions, and one object for each request.

const encoder = new TextEncoder();

const platform = {
  nowMillis: () => Date.now(),
  later: (task, millis) => setTimeout(task, millis),
  forget: (timer) => clearTimeout(timer),
  defer: (task) => queueMicrotask(task),
  uuid: () => crypto.randomUUID(),
  log: (line) => console.warn(line),
};

const WHOLE = 0, TOO_LARGE = 1, NOT_TEXT = 2, BROKEN = 3;

// Reads a body up to a limit, whatever length was announced.
async function read(request, maxBytes) {
  if (request.body === null) return [WHOLE, ''];
  const chunks = [];
  let size = 0;
  try {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > maxBytes) return [TOO_LARGE, ''];
      chunks.push(chunk);
    }
  } catch {
    return [BROKEN, ''];
  }
  let bytes = chunks[0] ?? new Uint8Array(0);
  if (chunks.length > 1) {
    bytes = new Uint8Array(size);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.byteLength;
    }
  }
  try {
    return [WHOLE, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)];
  } catch {
    return [NOT_TEXT, ''];
  }
}

class Call {
  #request;
  #url;
  #headers = new Headers();
  #resolve;
  #over;

  constructor(request, context, resolve) {
    this.#request = request;
    this.#url = new URL(request.url);
    this.#resolve = resolve;
    // What was given up cleans up after the answer: the platform must not end the request before.
    context.waitUntil(new Promise((over) => { this.#over = over; }));
  }

  method() { return this.#request.method; }
  path() { return this.#url.pathname; }
  query() { return this.#url.search.slice(1); }
  header(name) { return this.#request.headers.get(name); }
  headerCount() { return [...this.#request.headers.keys()].length; }

  body(maxBytes, done) {
    read(this.#request, maxBytes).then(([state, text]) => done(state, text));
  }

  onLeave(left) {
    const signal = this.#request.signal;
    if (signal.aborted) left();
    else signal.addEventListener('abort', () => left(), { once: true });
  }

  answerHeader(name, value) { this.#headers.set(name, value); }

  answer(status, body) {
    const bare = status === 204 || status === 304 || this.#request.method === 'HEAD';
    this.#resolve(new Response(bare ? null : body, { status, headers: this.#headers }));
  }

  stream(status, left) {
    const { readable, writable } = new IdentityTransformStream();
    const writer = writable.getWriter();
    writer.closed.catch(() => left());
    this.#resolve(new Response(readable, { status, headers: this.#headers }));
    return {
      send: (text, sent) => { writer.write(encoder.encode(text)).then(() => sent(true), () => sent(false)); },
      close: () => { writer.close().catch(() => {}); },
    };
  }

  over() { this.#over(); }
}

export function serve(program, request, context) {
  return new Promise((resolve) => program.fetch(platform, new Call(request, context, resolve)));
}
