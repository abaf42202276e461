import { consume, fire, serve } from './platform.mjs';
import { instantiate } from './glue.mjs';
import module from './app.wasm';

let made;
const program = () => (made ??= instantiate(module));

export default {
  fetch: (request, env, context) => serve(program(), request, env, context),
  queue: (batch, env) => consume(program(), batch, env),
  scheduled: (controller, env) => fire(program(), controller, env),
};
