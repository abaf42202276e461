// Requests of the program by the platform's fetch: both bodies pass piece by piece, nothing is held here.
class Exchange {
  #fetch;
  #headers = [];
  #control = new AbortController();
  #body = null;
  #writer = null;
  #reply = null;
  #reader = null;

  constructor(fetch) { this.#fetch = fetch; }

  header(name, value) { this.#headers.push([name, value]); }

  whole(bytes) { this.#body = new Uint8Array(bytes); }

  pieces(length) {
    const { readable, writable } = length < 0 ? new IdentityTransformStream() : new FixedLengthStream(length);
    this.#body = readable;
    this.#writer = writable.getWriter();
    this.#writer.closed.catch(() => {});
  }

  begin(method, url, answered, failed) {
    // The platform takes a name or value that is no header's with an exception.
    Promise.resolve().then(() => this.#fetch(url, {
      method, headers: this.#headers, body: this.#body, redirect: 'manual', signal: this.#control.signal,
    })).then((reply) => {
      this.#reply = reply;
      answered(reply.status);
    }).catch((error) => failed(String(error?.message ?? error)));
  }

  write(piece, taken) {
    this.#writer.write(new Uint8Array(piece)).then(() => taken(true), () => taken(false));
  }

  end() { this.#writer.close().catch(() => {}); }

  headers(field) {
    for (const [name, value] of this.#reply.headers) field(name, value);
  }

  read(piece, end, failed) {
    if (this.#reply.body === null) {
      end();
      return;
    }
    this.#reader ??= this.#reply.body.getReader();
    this.#reader.read().then(
      ({ done, value }) => {
        if (done) end();
        else piece(new Int8Array(value.buffer, value.byteOffset, value.byteLength));
      },
      (error) => failed(String(error?.message ?? error)));
  }

  abort() {
    this.#writer?.abort().catch(() => {});
    this.#reader?.cancel().catch(() => {});
    this.#control.abort();
  }
}

// The name of a service that is bound; empty for anywhere outside.
export function fetching(env, service) {
  const target = service === '' ? null : env[service];
  return new Exchange((url, options) => (target === null ? fetch(url, options) : target.fetch(url, options)));
}
