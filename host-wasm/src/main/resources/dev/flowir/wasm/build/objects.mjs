// Objects that live on the platform: what a class of the program becomes, with callbacks in place of promises.
import { DurableObject } from 'cloudflare:workers';
import { bind } from './bindings.mjs';
import { platform } from './platform.mjs';
import { bound, tables } from './sql.mjs';
import { handed, sockets } from './parts.mjs';

const UNDONE = {};

// What the program sees of one object, for as long as it is in memory.
class Self {
  #ctx;
  #storage;
  #id;
  #end;
  #under = [];
  #over;
  #failed;

  // The name that callers found it by: not every platform tells it.
  known = '';

  constructor(ctx) {
    this.#ctx = ctx;
    this.#storage = ctx.storage;
    this.#id = ctx.id;
  }

  id() { return this.#id.toString(); }
  name() { return this.#id.name ?? this.known; }

  // Everything until end() is kept together or not at all; nothing else of the object runs meanwhile.
  begin(begun, failed) {
    const part = this.#storage.transaction((transaction) => new Promise((over, broken) => {
      this.#end = (keep) => {
        const under = this.#under;
        this.#under = [];
        if (!keep) transaction.rollback();
        Promise.all(under).then(over, broken);
      };
      begun();
    }));
    this.#failed = failed;
    part.then(() => this.#over?.(), (error) => this.#failed(String(error?.message ?? error)));
  }

  end(keep, over, failed) {
    this.#over = over;
    this.#failed = failed;
    this.#end(keep);
  }

  sync(done, failed) { this.#storage.sync().then(() => done(), (error) => failed(String(error?.message ?? error))); }

  // Whether work that runs at once is kept.
  nested(work) {
    try {
      this.#storage.transactionSync(() => { if (!work()) throw UNDONE; });
    } catch (error) {
      if (error !== UNDONE) throw error;
    }
  }

  has(key) { return this.#storage.kv.get(key) !== undefined; }
  get(key) { return this.#storage.kv.get(key) ?? ''; }
  put(key, value) { this.#storage.kv.put(key, value); }
  delete(key) { return this.#storage.kv.delete(key); }

  list(prefix, start, after, end, descending, take) {
    const options = { prefix, reverse: descending };
    if (start !== '') options.start = start;
    else if (after !== '') options.startAfter = after;
    if (end !== '') options.end = end;
    for (const [key, value] of this.#storage.kv.list(options)) if (!take(key, value)) return;
  }

  // As the platform's own, but part of what is kept together.
  deleteAll() {
    for (const [key] of [...this.#storage.kv.list()]) this.#storage.kv.delete(key);
    const sql = this.#storage.sql;
    const made = [...sql.exec('SELECT type, name FROM sqlite_master')].filter(({ name }) => !/^(sqlite_|_cf_)/i.test(name));
    for (const kind of ['trigger', 'view', 'table']) {
      for (const { type, name } of made) {
        if (type === kind) sql.exec(`DROP ${kind} IF EXISTS "${name.replaceAll('"', '""')}"`);
      }
    }
    this.deleteAlarm();
  }

  alarm(known, failed) {
    this.#storage.getAlarm().then((at) => known(at ?? NaN), (error) => failed(String(error?.message ?? error)));
  }
  setAlarm(millis) { this.#under.push(this.#storage.setAlarm(millis)); }
  deleteAlarm() { this.#under.push(this.#storage.deleteAlarm()); }

  statement(sql) {
    const parameters = [];
    return {
      ...bound(parameters),
      run: (done, failed) => {
        try {
          const cursor = this.#storage.sql.exec(sql, ...parameters);
          const rows = [...cursor.raw()];
          done(tables([{ columns: cursor.columnNames, rows, changes: cursor.rowsWritten }]));
        } catch (error) {
          failed(String(error?.message ?? error));
        }
      },
    };
  }

  sockets(take) { sockets.all(this.#ctx, take); }
  answers(to, text) { sockets.answers(this.#ctx, to, text); }

  databaseBytes() { return this.#storage.sql.databaseSize; }
}

export function objectClass(program, name) {
  return class extends DurableObject {
    #program;
    #serve;
    #self;

    #take(event) {
      bind(this.env);
      const its = program();
      if (this.#program !== its) {
        this.#program = its;
        const self = new Self(this.ctx);
        this.#self = self;
        self.type = () => name;
        self.serves = (serve) => { this.#serve = serve; };
        its.object(platform, self);
      }
      if (event.name) this.#self.known = event.name;
      return new Promise((resolve, reject) => this.#serve({
        kind: () => event.kind,
        call: () => event.call ?? '',
        input: () => event.input ?? '',
        limitMillis: () => event.limitMillis ?? -1,
        retryCount: () => event.retryCount ?? 0,
        socket: () => event.socket,
        asked: () => event.asked,
        bytes: () => event.bytes,
        code: () => event.code ?? 0,
        done: (answer) => resolve({ answer }),
        failed: (fault, why) => (event.kind === 'alarm' ? reject(new Error(why)) : resolve({ fault, why })),
      }));
    }

    call(event) { return this.#take({ ...event, kind: 'call' }); }

    async alarm(about) { await this.#take({ kind: 'alarm', retryCount: about?.retryCount }); }

    fetch(request) { return sockets.opened(this.ctx, request, (event) => this.#take(event)); }

    async webSocketMessage(ws, message) { await sockets.message(this.ctx, ws, message, (event) => this.#take(event)); }

    async webSocketClose(ws, code, reason) { await sockets.closed(this.ctx, ws, code, reason, (event) => this.#take(event)); }

    async webSocketError(ws, error) { await sockets.failed(this.ctx, ws, error, (event) => this.#take(event)); }
  };
}

// Objects of one class, as they are called. A line makes its stub anew when it has failed.
export function objects(namespace) {
  return {
    idOf: (text) => namespace.idFromName(text).toString(),
    freshId: () => namespace.newUniqueId().toString(),
    isId(text) {
      try {
        return namespace.idFromString(text).toString() === text;
      } catch {
        return false;
      }
    },
    hand(call, name, parameters, events) {
      call.lend((request, context, give, headers) => {
        handed(namespace, request, name, parameters, events)
          .then(give, () => give(new Response(null, { status: 503, headers })));
      });
    },
    wire(id, text) {
      let stub;
      return {
        call(call, input, limitMillis, done, failed) {
          stub ??= namespace.get(text === '' ? namespace.idFromString(id) : namespace.idFromName(text));
          stub.call({ call, input, limitMillis, name: text }).then(
            ({ answer, fault, why }) => (fault === undefined ? done(answer) : failed(fault, why)),
            (error) => {
              stub = undefined;
              const fault = error?.overloaded ? 'OVERLOADED' : error?.retryable ? 'RESET' : 'CALL_FAILED';
              failed(fault, String(error?.message ?? error));
            });
        },
      };
    },
  };
}
