// Sockets of clients that the platform holds while their object sleeps.
const NAME = 'flow-ir-object';
const PARAMETERS = 'flow-ir-parameters';
const EVENTS = 'flow-ir-events';
const TRY_AGAIN = 1013;
const NOT_OPENED = 1011;
const CROWDED = ['TOO_MANY_SOCKETS', 'OVERLOADED'];

class Socket {
  #ctx;
  #ws;
  #id;
  #attached;
  #events;
  #accepted;
  #tags = [];
  #early = [];

  constructor(ctx, ws, id, attached, events, accepted) {
    this.#ctx = ctx;
    this.#ws = ws;
    this.#id = id;
    this.#attached = attached;
    this.#events = events;
    this.#accepted = accepted;
  }

  id() { return this.#id; }
  tags(take) { (this.#accepted ? this.#ctx.getTags(this.#ws) : this.#tags).forEach((tag) => take(tag)); }
  isOpen() { return !this.#accepted || this.#ws.readyState === WebSocket.OPEN; }

  // Nothing leaves before the platform holds the socket. One that is closed takes nothing.
  #send(frame) {
    if (!this.#accepted) this.#early.push(frame);
    else if (this.isOpen()) frame();
  }

  text(text, id) { this.#send(() => this.#ws.send(this.#events ? event(text, id) : text)); }
  bytes(bytes) { const copy = new Uint8Array(bytes); this.#send(() => this.#ws.send(copy)); }
  close(code, reason) { this.#send(() => this.#ws.close(code, reason)); }

  attachment() { return new Int8Array(this.#attached); }
  attach(bytes) {
    this.#attached = new Uint8Array(bytes);
    if (this.#accepted) this.#keep();
  }
  #keep() { this.#ws.serializeAttachment([this.#id, this.#attached, this.#events]); }

  tag(tag) { this.#tags.push(tag); }

  accept() {
    this.#ctx.acceptWebSocket(this.#ws, this.#tags);
    this.#opened();
    this.#keep();
  }

  refuse(code, reason) {
    this.#ws.accept();
    this.#opened();
    this.close(code, reason);
  }

  #opened() {
    this.#accepted = true;
    for (const frame of this.#early.splice(0)) if (this.isOpen()) frame();
  }
}

function known(ctx, ws) {
  const [id, attached, events] = ws.deserializeAttachment();
  return new Socket(ctx, ws, id, attached, events, true);
}

class Asked {
  #request;

  constructor(request) { this.#request = request; }

  events() { return this.#request.headers.has(EVENTS); }
  query() { return new URL(this.#request.url).search.slice(1); }
  headers(field) {
    for (const [name, value] of this.#request.headers) if (![NAME, PARAMETERS, EVENTS].includes(name)) field(name, value);
  }
  parameters(field) {
    const text = decodeURIComponent(this.#request.headers.get(PARAMETERS) ?? '%7B%7D');
    for (const [name, value] of Object.entries(JSON.parse(text))) field(name, value);
  }
}

// Bytes that wait for a client of events; who is further behind comes again, and goes on after what it has.
const MOST_WAITING = 1_048_576;
const KEEP_ALIVE_MS = 15_000;

function event(text, id) {
  const data = text.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`).join('');
  return (id === '' ? '' : `id: ${id}\n`) + data + '\n';
}

// A socket of an object as events: the object has made them, and may sleep.
function streamed(ws, signal) {
  const encoder = new TextEncoder();
  let over = false;
  let comments;
  const leave = (code, reason) => {
    over = true;
    clearInterval(comments);
    ws.close(code, reason);
  };
  const left = () => { if (!over) leave(1000, 'the client left'); };
  const start = (stream) => {
    const send = (text) => {
      if (over) return;
      stream.enqueue(encoder.encode(text));
      if (stream.desiredSize >= 0) return;
      leave(1000, 'the client is too slow');
      stream.error(new Error('the client is too slow'));
    };
    const end = (code, reason, answer) => {
      if (over) return;
      stream.enqueue(encoder.encode('event: close\n' + event(JSON.stringify({ code, reason }), '')));
      leave(answer, reason);
      stream.close();
    };
    comments = setInterval(() => send(': keep-alive\n\n'), KEEP_ALIVE_MS);
    ws.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') send(data);
      else end(4003, 'server-sent events are text, not bytes', 4003);
    });
    ws.addEventListener('close', ({ code, reason }) => end(code, reason, 1000));
    ws.accept();
  };
  signal.addEventListener('abort', left, { once: true });
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' };
  const body = new ReadableStream({ start, cancel: left }, new ByteLengthQueuingStrategy({ highWaterMark: MOST_WAITING }));
  return new Response(body, { headers });
}

// Hands a request for a socket over to an object: nothing that a client says can take the place of the route's words.
export async function handed(namespace, request, name, parameters, events) {
  const headers = new Headers(request.headers);
  headers.set(NAME, encodeURIComponent(name));
  headers.set(PARAMETERS, encodeURIComponent(parameters));
  headers.delete(EVENTS);
  if (events) {
    headers.set(EVENTS, 'true');
    headers.set('upgrade', 'websocket');
  }
  const answer = await namespace.get(namespace.idFromName(name)).fetch(new Request(request, { headers }));
  return events ? streamed(answer.webSocket, request.signal) : answer;
}

export const sockets = {
  all: (ctx, take) => ctx.getWebSockets().forEach((ws) => take(known(ctx, ws))),

  answers(ctx, to, text) { ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(to, text)); },

  async opened(ctx, request, take) {
    const { 0: client, 1: server } = new WebSocketPair();
    const socket = new Socket(ctx, server, crypto.randomUUID(), new Uint8Array(0), request.headers.has(EVENTS), false);
    const name = decodeURIComponent(request.headers.get(NAME) ?? '');
    const { fault } = await take({ kind: 'open', name, socket, asked: new Asked(request) });
    if (CROWDED.includes(fault)) socket.refuse(TRY_AGAIN, 'try again later');
    else if (fault !== undefined) socket.refuse(NOT_OPENED, 'not opened');
    return new Response(null, { status: 101, webSocket: client });
  },

  async message(ctx, ws, message, take) {
    const socket = known(ctx, ws);
    const { fault } = await take(
      typeof message === 'string'
        ? { kind: 'text', socket, input: message }
        : { kind: 'bytes', socket, bytes: new Int8Array(message) });
    if (fault === 'OVERLOADED') socket.close(TRY_AGAIN, 'try again later');
  },

  closed: (ctx, ws, code, reason, take) => take({ kind: 'closed', socket: known(ctx, ws), code, input: reason }),

  async failed(ctx, ws, error, take) {
    await take({ kind: 'failed', socket: known(ctx, ws), input: String(error?.message ?? error) });
    await take({ kind: 'closed', socket: known(ctx, ws), code: 1006, input: '' });
  },
};
