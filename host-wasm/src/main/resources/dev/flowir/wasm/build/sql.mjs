// Databases of D1, with callbacks in place of promises; and the tables that any statement answers.
const NOTHING = 0, WHOLE = 1, REAL = 2, TEXT = 3, BYTES = 4;

function kind(value) {
  switch (typeof value) {
    case 'number': return Number.isSafeInteger(value) && !Object.is(value, -0) ? WHOLE : REAL;
    case 'string': return TEXT;
    default: return value === null ? NOTHING : BYTES;
  }
}

// One for each statement: names of columns, rows of values, and what else is known.
export function tables(results) {
  const at = (statement, row, column) => results[statement].rows[row][column];
  return {
    changes: (statement) => results[statement].changes ?? 0,
    lastRowId: (statement) => results[statement].lastRowId ?? NaN,
    attempts: (statement) => results[statement].attempts ?? 1,
    durationMillis: (statement) => results[statement].durationMillis ?? 0,
    rows: (statement) => results[statement].rows.length,
    columns: (statement) => results[statement].columns.length,
    column: (statement, column) => results[statement].columns[column],
    kind: (statement, row, column) => kind(at(statement, row, column)),
    number: at,
    text: at,
    bytes: (statement, row, column, taken) => taken(new Int8Array(at(statement, row, column))),
  };
}

// What adds parameters to a list.
export function bound(parameters) {
  const add = (value) => { parameters.push(value); };
  return {
    nothing: () => add(null),
    number: add,
    text: add,
    bytes: (value) => add(new Uint8Array(value).buffer),
  };
}

const answered = ({ results, meta }) => ({
  columns: results.length > 0 ? Object.keys(results[0]) : [],
  rows: results.map(Object.values),
  changes: meta?.changes,
  lastRowId: meta?.last_row_id,
  attempts: meta?.total_attempts,
  durationMillis: meta?.duration,
});

export function d1(database, told) {
  return {
    batch() {
      const statements = [];
      return {
        statement(sql) {
          const parameters = [];
          statements.push({ sql, parameters });
          return bound(parameters);
        },
        send(done, failed) {
          const prepared = statements.map(({ sql, parameters }) => database.prepare(sql).bind(...parameters));
          // One statement alone may be tried again by the platform when it only reads.
          const sent = prepared.length === 1 ? prepared[0].all().then((one) => [one]) : database.batch(prepared);
          sent.then((results) => done(tables(results.map(answered))), told(failed));
        },
      };
    },
  };
}
