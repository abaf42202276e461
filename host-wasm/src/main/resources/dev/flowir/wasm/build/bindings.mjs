import { blobs, d1, fetching, objects, rates } from './parts.mjs';

// What the platform binds to the worker, with callbacks in place of promises. The same for all requests.
const bound = { env: {} };

const told = (failed) => (error) => failed(String(error?.message ?? error));
const json = (value) => (value === null || value === undefined ? '' : JSON.stringify(value));

function kv(name) {
  const namespace = bound.env[name];
  return {
    get(key, cacheSeconds, found, missing, failed) {
      const options = { type: 'arrayBuffer' };
      if (cacheSeconds >= 0) options.cacheTtl = cacheSeconds;
      namespace.getWithMetadata(key, options).then(
        ({ value, metadata }) => (value === null ? missing() : found(new Int8Array(value), json(metadata))),
        told(failed));
    },
    list(prefix, limit, cursor, key, done, failed) {
      namespace.list({ prefix, limit, cursor: cursor === '' ? undefined : cursor }).then((page) => {
        for (const it of page.keys) key(it.name, json(it.metadata), it.expiration ?? 0);
        done(page.list_complete ? '' : page.cursor);
      }, told(failed));
    },
    put(key, value, ttlSeconds, expirySeconds, metadata, done, failed) {
      const options = {};
      if (ttlSeconds > 0) options.expirationTtl = ttlSeconds;
      if (expirySeconds > 0) options.expiration = expirySeconds;
      if (metadata !== '') options.metadata = JSON.parse(metadata);
      namespace.put(key, value, options).then(() => done(), told(failed));
    },
    delete(key, done, failed) {
      namespace.delete(key).then(() => done(), told(failed));
    },
  };
}

function queue(name) {
  const sender = bound.env[name];
  return {
    batch() {
      const messages = [];
      const add = (body, contentType, delaySeconds) => {
        messages.push(delaySeconds < 0 ? { body, contentType } : { body, contentType, delaySeconds });
      };
      return {
        text: (body, delay) => add(body, 'text', delay),
        json: (body, delay) => add(JSON.parse(body), 'json', delay),
        bytes: (body, delay) => add(new Uint8Array(body).buffer, 'bytes', delay),
        send(sent, failed) {
          sender.sendBatch(messages).then((answer) => {
            const metrics = answer?.metadata?.metrics;
            sent(metrics?.backlogCount ?? -1, metrics?.backlogBytes ?? -1);
          }, told(failed));
        },
      };
    },
  };
}

export const bindings = {
  isBound: (name, method) => typeof bound.env[name]?.[method] === 'function',
  kv,
  queue,
  d1: (name) => d1(bound.env[name], told),
  objects: (name) => objects(bound.env[name]),
  rates: (name) => rates(bound.env[name], told),
  secret: (name) => bound.env[name] ?? '',
  blobs: (name) => blobs(bound.env, name),
  fetching: (service) => fetching(bound.env, service),
  host: (url) => new URL(url).hostname,
  dateMillis: (text) => {
    const millis = Date.parse(text);
    return Number.isNaN(millis) ? -1 : millis;
  },
};

export function bind(env) {
  bound.env = env;
}
