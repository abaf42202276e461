// Runs in each context before a guest. Takes away what makes a function answer differently each time,
// and gives back how a function is called: text in, text out.
(() => {
  'use strict';
  const { parse, stringify } = JSON;
  const { freeze, fromEntries, setPrototypeOf } = Object;
  const absent = what => () => {
    throw new TypeError(what + ' is not here: a guest has no clock and no chance of its own; pass them in, or by a port');
  };

  Math.random = absent('Math.random');
  const Moment = Date;
  const now = absent('the time');
  function Dated(...parts) {
    if (!new.target || parts.length === 0) now();
    return Reflect.construct(Moment, parts, new.target);
  }
  Dated.prototype = Moment.prototype;
  Dated.UTC = Moment.UTC;
  Dated.parse = Moment.parse;
  Dated.now = now;
  Moment.prototype.constructor = Dated;
  globalThis.Date = Dated;
  for (const name of ['Intl', 'WeakRef', 'FinalizationRegistry', 'Atomics', 'SharedArrayBuffer']) delete globalThis[name];
  for (const name of ['getBigInt64', 'getBigUint64', 'setBigInt64', 'setBigUint64']) delete DataView.prototype[name];

  // ports: [[method, ...], ...]; host: (port, method, arguments as text) -> answer as text
  return (guest, text, ports, host) => {
    const bound = ports.map((methods, port) =>
      freeze(fromEntries(methods.map(method =>
        [method, (...given) => parse(host(port, method, stringify(given)))]))));
    const answer = guest(parse(text), ...bound);
    if (answer !== null && typeof answer === 'object' && typeof answer.then === 'function') {
      throw new TypeError('a function of a guest answers at once, and this one gave a promise');
    }
    const said = stringify(answer);
    return said === undefined ? 'null' : said;
  };
})()
