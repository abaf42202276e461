// serve.mjs FOLDER PORT [KEPT]: runs the worker of the project in FOLDER until standard input ends, on PORT of the
// loopback interface, 0 for a free one. What it stores is in the folder KEPT, or forgotten at the end. Prints its address. The first line of standard input is JSON: "secrets" by
// name, of which those are taken that the project requires, and "services": addresses of other workers by their names.
// Everything comes from the project's wrangler.json, which says every setting that differs between
// miniflare and production.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Log, LogLevel, Miniflare, Response, fetch, kCurrentWorker } from 'miniflare';

const folder = process.argv[2];
const config = JSON.parse(readFileSync(join(folder, 'wrangler.json'), 'utf8'));
const main = join(folder, config.main);
const source = dirname(main);
const types = Object.fromEntries(config.rules.map((rule) => [rule.globs[0].split('.').pop(), rule.type]));
const paths = readdirSync(source).filter((name) => name.split('.').pop() in types).map((name) => join(source, name));
// The first module is the one that is started.
paths.sort((one, two) => (two === main) - (one === main) || (one < two ? -1 : 1));

const lines = createInterface({ input: process.stdin });
const { secrets, services } = JSON.parse(await new Promise((said) => lines.once('line', said)));

// What is asked of another worker goes to its address, where it has one, and nowhere else.
const elsewhere = (service) => async (request) => {
  if (!(service in services)) return new Response(`worker ${service} does not run here`, { status: 503 });
  const { pathname, search } = new URL(request.url);
  const { method, headers } = request;
  const body = request.body === null ? undefined : await request.arrayBuffer();
  try {
    return await fetch(services[service] + pathname + search, { method, headers, body, redirect: 'manual' });
  } catch (error) {
    return new Response(`worker ${service} does not answer: ${error}`, { status: 503 });
  }
};

const miniflare = new Miniflare({
  host: '127.0.0.1',
  port: Number(process.argv[3]),
  cf: false,
  log: new Log(LogLevel.WARN),
  name: config.name,
  modulesRoot: source,
  modules: paths.map((path) => ({ type: types[path.split('.').pop()], path })),
  compatibilityDate: config.compatibility_date,
  compatibilityFlags: config.compatibility_flags,
  unsafeTriggerHandlers: true,
  defaultPersistRoot: process.argv[4],
  bindings: Object.fromEntries(config.secrets.required.filter((it) => it in secrets).map((it) => [it, secrets[it]])),
  assets: config.assets && {
    directory: join(folder, config.assets.directory),
    routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: false },
    assetConfig: {
      html_handling: config.assets.html_handling,
      not_found_handling: config.assets.not_found_handling,
    },
  },
  kvNamespaces: Object.fromEntries(config.kv_namespaces.map((it) => [it.binding, it.id])),
  r2Buckets: Object.fromEntries(config.r2_buckets.map((it) => [it.binding, it.bucket_name])),
  ratelimits: Object.fromEntries(config.ratelimits.map((it) => [it.name, { simple: it.simple }])),
  serviceBindings: Object.fromEntries(config.services.map((it) => [it.binding, it.service === config.name
    ? kCurrentWorker
    : elsewhere(it.service)])),
  d1Databases: Object.fromEntries(config.d1_databases.map((it) => [it.binding, it.database_id])),
  durableObjects: Object.fromEntries(config.durable_objects.bindings.map(
    (it) => [it.name, { className: it.class_name, useSQLite: true }])),
  queueProducers: Object.fromEntries(config.queues.producers.map((it) => [it.binding, { queueName: it.queue }])),
  queueConsumers: Object.fromEntries(config.queues.consumers.map((it) => [it.queue, {
    maxBatchSize: it.max_batch_size,
    maxBatchTimeout: it.max_batch_timeout,
    maxRetries: it.max_retries,
    retryDelay: it.retry_delay,
    deadLetterQueue: it.dead_letter_queue,
  }])),
});

lines.on('close', async () => {
  await miniflare.dispose();
  process.exit(0);
});
const address = await miniflare.ready;
// Databases are new each time, so that no step of a schema was applied before. Statements end as the project wrote them.
for (const { binding, migrations_dir: steps } of config.d1_databases.filter((it) => it.migrations_dir)) {
  const database = await miniflare.getD1Database(binding);
  for (const step of readdirSync(join(folder, steps)).sort()) {
    const statements = readFileSync(join(folder, steps, step), 'utf8').split(';\n').filter((it) => it !== '');
    await database.batch(statements.map((it) => database.prepare(it)));
  }
}
console.log(`ready ${address.href}`);
