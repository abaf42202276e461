import { serve } from './platform.mjs';
import * as program from './app.mjs';

export default {
  fetch: (request, env, context) => serve(program, request, context),
};
