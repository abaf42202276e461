// offline.mjs TOOLS PROJECT PNG: runs the worker in PROJECT and a classifier beside it, has the picture PNG (base 64) looked
// at, and prints its row. To be run where there is no network but the loopback interface, which it checks first.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const [tools, project, png] = process.argv.slice(2);
const others = Object.keys(networkInterfaces()).filter((name) => name !== 'lo');
if (others.length > 0) throw new Error(`there is a network: ${others}`);
await new Promise((away, there) => {
  connect(53, '192.0.2.1').on('connect', () => there(new Error('somebody answers'))).on('error', away);
});

const result = [{ label: 'a cat', score: 0.75 }];
const classifier = createServer((request, response) => {
  request.resume().on('end', () => response
    .setHeader('content-type', 'application/json')
    .end(JSON.stringify({ result, success: true, errors: [], messages: [] })));
});
await new Promise((ready) => classifier.listen(0, '127.0.0.1', ready));
const services = { 'image-classifier': `http://127.0.0.1:${classifier.address().port}/client/v4/accounts/local` };

const worker = spawn('node', [join(tools, 'serve.mjs'), project, '0'], { cwd: tools, stdio: ['pipe', 'pipe', 'inherit'] });
worker.stdin.write(JSON.stringify({ secrets: {}, services }) + '\n');
const address = await new Promise((ready, failed) => {
  worker.on('exit', (code) => failed(new Error(`the worker ended with ${code}`)));
  createInterface({ input: worker.stdout }).on('line', (line) => line.startsWith('ready ') && ready(line.slice(6)));
});

async function ask(path, body) {
  const post = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(new URL(path, address), post);
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

const metadata = { organizationId: 'off', name: 'x.png' };
const { key, eTag, size } = await ask('/objects', { key: 'off/x.png', metadata, base64: png });
const object = { key, size, eTag };
const event = { account: 'local', action: 'PutObject', bucket: 'pictures', object, eventTime: '2026-01-01T00:00:00.000Z' };
await ask('/notifications', event);
for (let row; row?.status !== 'succeeded'; await new Promise((later) => setTimeout(later, 100))) {
  [row] = (await ask('/organizations/off/classifications')).classifications;
  if (row?.status === 'succeeded') console.log(`${row.status} ${row.labels[0].label}`);
}
worker.removeAllListeners('exit');
worker.stdin.end();
classifier.close();
