// What somebody writes who takes tasks over HTTP, keeps them in D1 and works on them from a queue: the same routes,
// statements and messages as the flows, and the same care with what comes in.
const MOST_BODY_BYTES = 65536;
const DAY_SECONDS = 86400;

const headers = (id) => ({
  'content-type': 'application/json', 'x-content-type-options': 'nosniff', 'x-request-id': id,
});

const answer = (status, body, id) => new Response(JSON.stringify(body), { status, headers: headers(id) });
const refuse = (status, error, id) => answer(status, { error, requestId: id }, id);

const CREATE_CHANGE = 'INSERT INTO changes (taskId, status) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM tasks WHERE taskId = ?)';
const CREATE = 'INSERT OR IGNORE INTO tasks (taskId, status, payload, sent_at, expires_at) VALUES (?, ?, ?, ?, ?)';
const STATUS = 'SELECT status FROM tasks WHERE taskId = ?';
const change = (from) => `INSERT INTO changes (taskId, status) SELECT taskId, ? FROM tasks WHERE taskId = ? AND status <> ? AND status IN ${from}`;
const move = (from) => `UPDATE tasks SET status = ?, deliveries = deliveries + ? WHERE taskId = ? AND status IN ${from}`;
const OPEN = "('pending', 'processing')";
const CLAIMED = "('processing')";

async function create(request, env, id) {
  const { success } = await env.POSTS.limit({ key: request.headers.get('cf-connecting-ip') ?? '' });
  if (!success) {
    const later = refuse(429, 'too many posts', id);
    later.headers.set('retry-after', '10');
    return later;
  }
  if (request.headers.get('content-type') !== 'application/json') return refuse(415, 'JSON is wanted', id);
  const text = await request.text();
  if (text.length > MOST_BODY_BYTES) return refuse(413, 'too large', id);
  let payload;
  try {
    payload = JSON.stringify(text === '' ? {} : JSON.parse(text));
  } catch {
    return refuse(400, 'no JSON', id);
  }
  const taskId = crypto.randomUUID();
  const now = Math.trunc(Date.now() / 1000);
  const [, made] = await env.DB.batch([
    env.DB.prepare(CREATE_CHANGE).bind(taskId, 'pending', taskId),
    env.DB.prepare(CREATE).bind(taskId, 'pending', payload, now, now + DAY_SECONDS),
  ]);
  if (made.meta.changes > 0) {
    try {
      await env.TASK_QUEUE.sendBatch([{ body: { taskId, payload }, contentType: 'json' }]);
    } catch (failed) {
      await env.DB.batch([
        env.DB.prepare('DELETE FROM changes WHERE taskId = ?').bind(taskId),
        env.DB.prepare('DELETE FROM tasks WHERE taskId = ?').bind(taskId),
      ]);
      throw failed;
    }
  }
  return answer(200, { taskId, status: 'pending' }, id);
}

async function read(taskId, env, id) {
  const { results } = await env.DB.prepare(STATUS).bind(taskId).all();
  return results.length === 0
    ? answer(404, { error: 'not found' }, id)
    : answer(200, { taskId, status: results[0].status }, id);
}

// Moves a task that has one of the statuses; says whether it had.
async function moved(env, taskId, to, claims, from) {
  const [, updated] = await env.DB.batch([
    env.DB.prepare(change(from)).bind(to, taskId, to),
    env.DB.prepare(move(from)).bind(to, claims, taskId),
  ]);
  return updated.meta.changes > 0;
}

async function work({ taskId, payload }, env) {
  if (!(await moved(env, taskId, 'processing', 1, OPEN))) return;
  if (JSON.parse(payload)?.work === 'poison') throw new Error('this task is poison: it fails every time');
  await moved(env, taskId, 'completed', 0, CLAIMED);
}

export default {
  async fetch(request, env) {
    const id = request.headers.get('x-request-id') ?? crypto.randomUUID();
    const { pathname } = new URL(request.url);
    try {
      if (pathname === '/task' && request.method === 'POST') return await create(request, env, id);
      if (pathname.startsWith('/task/') && request.method === 'GET') {
        return await read(decodeURIComponent(pathname.slice('/task/'.length)), env, id);
      }
    } catch (failed) {
      console.warn(`a request failed, id=${id}: ${failed}`);
      return refuse(500, 'internal error', id);
    }
    return refuse(405, 'method not allowed', id);
  },

  async queue(batch, env) {
    await Promise.all(batch.messages.map(async (message) => {
      try {
        await work(message.body, env);
        message.ack();
      } catch {
        message.retry({ delaySeconds: 1 });
      }
    }));
  },
};
