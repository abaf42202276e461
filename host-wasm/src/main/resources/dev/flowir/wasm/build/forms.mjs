// Bodies of forms, piece by piece as they are asked for, and sums of their files.
const PIECE_BYTES = 64 * 1024;

// As of other bodies that are refused: see platform.mjs.
const MOST_DISCARDED_BYTES = 16 * 1024 * 1024, DISCARD_MILLIS = 3000;

const told = (failed) => (error) => failed(String(error?.message ?? error));
const hex = (buffer) => [...new Uint8Array(buffer)].map((it) => it.toString(16).padStart(2, '0')).join('');

class Sum {
  #stream = new crypto.DigestStream('SHA-256');
  #writer = this.#stream.getWriter();

  add(piece) { this.#writer.write(new Uint8Array(piece)).catch(() => {}); }

  hex(done, failed) {
    this.#writer.close().catch(() => {});
    this.#stream.digest.then((sum) => done(hex(sum)), told(failed));
  }
}

export function form(call) {
  let reader;
  let over;
  call.lend((request, context) => {
    // What was taken of a form is removed after its client left: the platform must not end the request before.
    context.waitUntil(new Promise((done) => { over = done; }));
    reader = request.body?.getReader({ mode: 'byob' });
  });
  const next = async () => (
    reader === undefined ? { done: true } : reader.read(new Uint8Array(PIECE_BYTES)));

  async function rest() {
    for (let bytes = 0; bytes < MOST_DISCARDED_BYTES;) {
      const { done, value } = await next();
      if (done) return;
      bytes += value.byteLength;
    }
  }

  return {
    read(piece, end, failed) {
      next().then(({ done, value }) => {
        if (done) end();
        else piece(new Int8Array(value.buffer, value.byteOffset, value.byteLength));
      }, told(failed));
    },
    discard(done) {
      let timer;
      const silence = new Promise((said) => { timer = setTimeout(said, DISCARD_MILLIS); });
      Promise.race([rest().catch(() => {}), silence]).then(() => {
        clearTimeout(timer);
        done();
      });
    },
    sum: () => new Sum(),
    over: () => over(),
  };
}
