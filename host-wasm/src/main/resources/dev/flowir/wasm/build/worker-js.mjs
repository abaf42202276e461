import { consume, fire, serve } from './platform.mjs';
import * as program from './app.mjs';

export default {
  fetch: (request, env, context) => serve(program, request, env, context),
  queue: (batch, env) => consume(program, batch, env),
  scheduled: (controller, env) => fire(program, controller, env),
};
