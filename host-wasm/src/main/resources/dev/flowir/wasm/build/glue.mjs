// Instantiates the program from a module that the platform has compiled: nothing is compiled here.
import { defaults } from './runtime.mjs';

const MAX_BYTES = 0x7fffffff;

export function instantiate(module) {
  const imports = {};
  const exported = {};
  const builtins = !WebAssembly.Module.imports(module).some((it) => it.module === 'wasm:js-string');
  const runtime = defaults(imports, exported, builtins);
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
