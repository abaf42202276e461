import { serve } from './platform.mjs';
import { instantiate } from './glue.mjs';
import module from './app.wasm';

let program;

export default {
  fetch: (request, env, context) => serve(program ??= instantiate(module), request, context),
};
