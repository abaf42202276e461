// What somebody writes who prices orders, and looks at what comes in.
const headers = (id) => ({
  'content-type': 'application/json', 'x-content-type-options': 'nosniff', 'x-request-id': id,
});

const refuse = (status, error, id) => new Response(JSON.stringify({ error, requestId: id }), { status, headers: headers(id) });

const isOrder = (it) => typeof it?.id === 'string' && Array.isArray(it.lines) && it.lines.every((line) =>
  typeof line?.sku === 'string' && Number.isInteger(line.cents) && Number.isInteger(line.grams)
  && Number.isInteger(line.quantity));

const price = (line) => line.cents * line.quantity;

export default {
  async fetch(request) {
    const id = request.headers.get('x-request-id') ?? crypto.randomUUID();
    if (new URL(request.url).pathname !== '/quote') return refuse(404, 'not found', id);
    if (request.method !== 'POST') return refuse(405, 'method not allowed', id);
    if (request.headers.get('content-type') !== 'application/json') return refuse(415, 'JSON is wanted', id);
    let order;
    try {
      order = await request.json();
    } catch {
      return refuse(400, 'no JSON', id);
    }
    if (!isOrder(order)) return refuse(400, 'no order', id);
    const lines = order.lines
      .map(({ sku, cents, grams, quantity }) => ({ sku, cents, grams, quantity }))
      .sort((one, two) => price(two) - price(one));
    let goodsCents = 0;
    let grams = 0;
    for (const line of lines) {
      goodsCents += price(line);
      grams += line.grams * line.quantity;
    }
    const quote = { id: order.id, goodsCents, postageCents: 300 + Math.trunc(grams / 10), lines };
    return new Response(JSON.stringify(quote), { headers: headers(id) });
  },
};
