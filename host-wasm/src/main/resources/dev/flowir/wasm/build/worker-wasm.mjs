import { consume, fire, serve } from './platform.mjs';
import { answer, during, program as now } from './glue.mjs';
import module from './app.wasm';

const program = () => now(module);

export default {
  fetch: (request, env, context) => answer(module, request, (it) => serve(it, request, env, context)),
  queue: (batch, env) => during(module, (it) => consume(it, batch, env)),
  scheduled: (controller, env) => during(module, (it) => fire(it, controller, env)),
};
