"use strict";
// Shows pictures with status and labels as an organization tells of them. Everything is written as text, never as markup.
const by = (id) => document.getElementById(id);
const UNDER_WAY = new Set(["queued", "running"]);
const LOOK_AGAIN_MS = 1000;
const CONNECT_AGAIN_MS = 2000;
let organization = "";
let socket = null;
let last = null; // number of the last event that was told
let older = null; // where the next page begins
let shown = 1; // pages that are shown
let again = 0;

function make(tag, cls, text) {
  const element = document.createElement(tag);
  if (cls) element.className = cls;
  if (text !== undefined) element.textContent = text;
  return element;
}

async function ask(path) {
  const answer = await fetch(path);
  const body = await answer.json();
  if (!answer.ok) throw new Error(answer.status + ": " + body.error);
  return body;
}

function card(one) {
  const item = make("li");
  const about = make("div", "about");
  about.append(make("span", "name", one.name), make("span", "status " + one.status, one.status));
  if (!one.current) about.append(make("span", "faint", "replaced or deleted"));
  for (const { label, score } of one.labels) {
    const line = make("div", "label");
    const meter = make("meter");
    meter.value = score;
    meter.setAttribute("aria-label", label);
    line.append(make("span", "", label), make("span", "", (100 * score).toFixed(1) + " %"), meter);
    about.append(line);
  }
  if (one.error) about.append(make("span", "bad", one.error));
  if (one.model) about.append(make("span", "faint", one.model));
  item.append(about);
  return item;
}

// Looks at as many pages as are shown: a row changes while it is worked on.
async function look() {
  const mine = ++again;
  const rows = [];
  let cursor = null;
  for (let i = 0; i < shown; i++) {
    const query = cursor === null ? "" : "?cursor=" + cursor;
    const page = await ask("/organizations/" + encodeURIComponent(organization) + "/classifications" + query);
    rows.push(...page.classifications);
    cursor = page.cursor ?? null;
    if (cursor === null) break;
  }
  const { failures } = await ask("/failures");
  if (mine !== again) return; // somebody looked later
  older = cursor;
  by("more").hidden = older === null;
  by("pictures").replaceChildren(
    ...(rows.length ? rows.map(card) : [make("li", "none", "None yet. Put one into the bucket.")]),
  );
  by("failures").replaceChildren(...(failures.length ? failures.map(givenUp) : [none()]));
  if (rows.some((row) => UNDER_WAY.has(row.status))) setTimeout(() => mine === again && look(), LOOK_AGAIN_MS);
}

function givenUp(one) {
  const row = make("tr");
  row.append(make("td", "", one.kind + " " + one.id), make("td", "bad", one.reason));
  return row;
}

function none() {
  const cell = make("td", "faint", "None.");
  cell.colSpan = 2;
  const row = make("tr");
  row.append(cell);
  return row;
}

// An event may be told twice; what is shown is looked up, so that does no harm.
function connect() {
  const mine = new WebSocket(
    location.origin.replace(/^http/, "ws") +
      "/organizations/" + encodeURIComponent(organization) + "/live" +
      (last === null ? "" : "?since=" + last),
  );
  socket = mine;
  mine.onopen = () => {
    by("live").textContent = "live";
  };
  mine.onmessage = (message) => {
    const { number, state } = JSON.parse(message.data);
    last = number;
    for (const name of ["uploads", "classified", "failed"]) by(name).textContent = state[name];
    look();
  };
  mine.onclose = () => {
    if (mine !== socket) return;
    by("live").textContent = "not connected, trying again…";
    setTimeout(() => mine === socket && connect(), CONNECT_AGAIN_MS);
  };
}

function watch() {
  const before = socket;
  organization = by("organization").value;
  last = null;
  shown = 1;
  connect();
  if (before) before.close();
}

by("form").addEventListener("submit", (event) => {
  event.preventDefault();
  watch();
});
by("more").addEventListener("click", () => {
  shown++;
  look();
});
watch();
