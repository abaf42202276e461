// serve.mjs FOLDER: runs the worker in FOLDER until standard input ends. Prints its address.
// Every setting that differs between miniflare and production is said here.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Log, LogLevel, Miniflare } from 'miniflare';

const folder = process.argv[2];
const types = { mjs: 'ESModule', wasm: 'CompiledWasm' };
const names = readdirSync(folder).filter((name) => name.split('.').pop() in types);
// The first module is the one that is started.
names.sort((one, two) => (two === 'worker.mjs') - (one === 'worker.mjs') || (one < two ? -1 : 1));

const miniflare = new Miniflare({
  host: '127.0.0.1',
  port: 0,
  cf: false,
  log: new Log(LogLevel.WARN),
  modulesRoot: folder,
  modules: names.map((name) => ({ type: types[name.split('.').pop()], path: join(folder, name) })),
  compatibilityDate: '2026-04-26',
  compatibilityFlags: ['enable_request_signal'],
});

process.stdin.on('end', async () => {
  await miniflare.dispose();
  process.exit(0);
});
process.stdin.resume();
console.log(`ready ${(await miniflare.ready).href}`);
