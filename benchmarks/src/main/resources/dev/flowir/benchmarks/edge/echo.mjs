// What somebody writes who needs an echo of a text, and refuses everything else.
const headers = (id) => ({
  'content-type': 'application/json', 'x-content-type-options': 'nosniff', 'x-request-id': id,
});

const refuse = (status, error, id) => new Response(JSON.stringify({ error, requestId: id }), { status, headers: headers(id) });

export default {
  async fetch(request) {
    const id = request.headers.get('x-request-id') ?? crypto.randomUUID();
    if (new URL(request.url).pathname !== '/echo') return refuse(404, 'not found', id);
    if (request.method !== 'POST') return refuse(405, 'method not allowed', id);
    if (request.headers.get('content-type') !== 'application/json') return refuse(415, 'JSON is wanted', id);
    let text;
    try {
      text = await request.json();
    } catch {
      return refuse(400, 'no JSON', id);
    }
    if (typeof text !== 'string') return refuse(400, 'no text', id);
    return new Response(JSON.stringify(text), { headers: headers(id) });
  },
};
