// Instantiates the program from a module that the platform has compiled: nothing is compiled here.
import { defaults } from './runtime.mjs';

const MAX_BYTES = 0x7fffffff;

function instantiate(module, ended) {
  const imports = {};
  const exported = {};
  const builtins = !WebAssembly.Module.imports(module).some((it) => it.module === 'wasm:js-string');
  const runtime = defaults(imports, exported, builtins, ended);
  const [section] = WebAssembly.Module.customSections(module, 'teavm.memoryRequirements');
  const needs = section ? JSON.parse(new TextDecoder().decode(section)) : {};
  const constant = (value) => new WebAssembly.Global({ value: 'i32', mutable: false }, value);
  const memory = new WebAssembly.Memory({
    initial: Math.max(needs.min ?? 0, 1),
    maximum: ((MAX_BYTES - 1) >> 16) + 1,
  });
  imports.env = { memory };
  imports.teavmMemory = {
    linearMemory: () => memory.buffer,
    notifyHeapResized() {},
    heapOffset: constant(((needs.dataSize ?? 0) + 7) & ~7),
    maxSize: constant(MAX_BYTES),
  };
  const instance = new WebAssembly.Instance(module, imports);
  runtime.supplyExports(instance.exports);
  for (const [name, value] of Object.entries(instance.exports)) {
    if (value instanceof WebAssembly.Global) {
      Object.defineProperty(exported, name, { get: () => value.value, enumerable: true });
    }
  }
  return exported;
}

// Code that traps, or has no stack left, ends in the midst of something: nobody knows what it left half done, and which
// request it was at work for. All that wait for the program are told, and what comes next has another one.
let life;

function living(module) {
  if (life === undefined) {
    const begun = { waiting: new Set() };
    begun.program = instantiate(module, (why) => {
      if (!(why instanceof WebAssembly.RuntimeError || why instanceof RangeError)) return;
      if (life === begun) life = undefined;
      for (const tell of begun.waiting) tell(why);
    });
    life = begun;
  }
  return life;
}

export const program = (module) => living(module).program;

// What comes of an event, or why the program ended meanwhile.
export function during(module, event) {
  const { program, waiting } = living(module);
  return new Promise((resolve, reject) => {
    waiting.add(reject);
    const over = (give) => (what) => { waiting.delete(reject); give(what); };
    Promise.resolve(event(program)).then(over(resolve), over(reject));
  });
}

const SAFE_ID = /^[\w.~:+=@/-]{1,128}$/; // as the program has it

// The answer to a request, or an error in its place.
export async function answer(module, request, event) {
  try {
    return await during(module, event);
  } catch (why) {
    const given = request.headers.get('x-request-id') ?? '';
    const id = SAFE_ID.test(given) ? given : crypto.randomUUID();
    const message = `cannot serve a request: the program ended and is made anew: ${why}`;
    console.warn(JSON.stringify({ message, 'lf.request_id': id }));
    const headers = { 'content-type': 'application/json', 'x-content-type-options': 'nosniff', 'x-request-id': id };
    const error = { error: 'internal error', code: 'HTTP500', requestId: id };
    return new Response(JSON.stringify(error), { status: 500, headers });
  }
}
