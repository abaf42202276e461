"use strict";
// Shows pictures with status and labels as events arrive. Everything is written as text, never as markup.
const by = (id) => document.getElementById(id);
const UNDER_WAY = new Set(["queued", "running"]);
const LOOK_AGAIN_MS = 1000;
let organization = "";
let source = null;
let older = null; // where the next page begins
let shown = 0; // pages that are shown
let again = 0;

function make(tag, cls, text) {
  const element = document.createElement(tag);
  if (cls) element.className = cls;
  if (text !== undefined) element.textContent = text;
  return element;
}

async function ask(path, options) {
  const answer = await fetch(path, options);
  const body = await answer.json();
  if (!answer.ok) throw new Error(answer.status + ": " + body.error);
  return body;
}

function address(key) {
  const slash = key.indexOf("/");
  const name = key.slice(slash + 1).split("/").map(encodeURIComponent).join("/");
  return "/images/" + encodeURIComponent(key.slice(0, slash)) + "/" + name;
}

function card(one) {
  const item = make("li");
  const shot = make("div", "shot", one.current ? undefined : "replaced or deleted");
  if (one.current) {
    const image = make("img");
    image.src = address(one.key) + "?" + one.eTag;
    image.alt = one.name;
    image.onerror = () => shot.replaceChildren("no picture");
    shot.append(image);
  }
  const about = make("div", "about");
  about.append(make("span", "name", one.name), make("span", "status " + one.status, one.status));
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
  item.append(shot, about);
  return item;
}

async function page(cursor) {
  const query = cursor === null ? "" : "?cursor=" + cursor;
  return ask("/organizations/" + encodeURIComponent(organization) + "/classifications" + query);
}

// Looks at as many pages as are shown: a row changes while it is worked on.
async function look() {
  const mine = ++again;
  const rows = [];
  let cursor = null;
  for (let i = 0; i < Math.max(shown, 1); i++) {
    const { classifications, cursor: next } = await page(cursor);
    rows.push(...classifications);
    cursor = next ?? null;
    if (cursor === null) break;
  }
  if (mine !== again) return; // somebody looked later
  older = cursor;
  by("more").hidden = older === null;
  by("pictures").replaceChildren(...(rows.length ? rows.map(card) : [make("li", "none", "None yet. Upload one.")]));
  if (rows.some((row) => UNDER_WAY.has(row.status))) setTimeout(() => mine === again && look(), LOOK_AGAIN_MS);
  await Promise.all([numbers(), failures()]);
}

async function numbers() {
  const { classifyCalls, superseded } = await ask("/metrics");
  by("calls").textContent = classifyCalls;
  by("superseded").textContent = superseded;
}

async function failures() {
  const { failures: all } = await ask("/failures");
  const rows = all
    .filter((one) => one.replayedAt === undefined || one.replayedAt === null)
    .map((one) => {
      const row = make("tr");
      const button = make("button", "plain", "Try again");
      button.onclick = async () => {
        button.disabled = true;
        await replay(one.id);
      };
      const last = make("td");
      last.append(button);
      row.append(make("td", "", one.kind + " " + one.id), make("td", "bad", one.reason), make("td", "", one.attempts), last);
      return row;
    });
  if (!rows.length) {
    const none = make("td", "faint", "None.");
    none.colSpan = 4;
    const row = make("tr");
    row.append(none);
    rows.push(row);
  }
  by("failures").replaceChildren(...rows);
}

async function replay(id) {
  await ask("/failures/replay", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id }),
  });
  await look();
}

function counts(state) {
  for (const name of ["uploads", "classified", "failed"]) by(name).textContent = state[name];
}

function watch() {
  if (source) source.close();
  organization = by("organization").value;
  shown = 1;
  source = new EventSource("/organizations/" + encodeURIComponent(organization) + "/events");
  source.onopen = () => {
    by("live").textContent = "live";
  };
  source.onerror = () => {
    by("live").textContent = "not connected, trying again…";
  };
  source.onmessage = (message) => {
    const { state } = JSON.parse(message.data); // of a snapshot or a change, not of an event
    if (state) counts(state);
    look();
  };
}

async function upload(name, body) {
  const said = by("said");
  if (!by("organization").reportValidity()) return;
  if (by("organization").value !== organization) watch();
  try {
    const { key, size } = await ask(address(organization + "/" + name), { method: "PUT", body });
    said.className = "faint";
    said.textContent = key + ": " + size + " bytes are stored";
  } catch (failure) {
    said.className = "faint bad";
    said.textContent = name + " is not stored. " + failure.message;
  }
}

async function all(files) {
  for (const file of files) await upload(file.name, file);
}

// A picture for those who have none at hand.
function draw() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 224;
  const pen = canvas.getContext("2d");
  const colour = () => `hsl(${Math.floor(Math.random() * 360)} 70% 60%)`;
  pen.fillStyle = colour();
  pen.fillRect(0, 0, 224, 224);
  for (let i = 0; i < 12; i++) {
    pen.fillStyle = colour();
    pen.beginPath();
    pen.arc(Math.random() * 224, Math.random() * 224, 10 + Math.random() * 50, 0, 2 * Math.PI);
    pen.fill();
  }
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

by("form").addEventListener("submit", (event) => {
  event.preventDefault();
  all(by("files").files);
});
by("sample").addEventListener("click", async () => upload("drawn-" + Date.now() + ".png", await draw()));
by("organization").addEventListener("change", () => by("organization").reportValidity() && watch());
by("more").addEventListener("click", () => {
  shown++;
  look();
});
const drop = by("drop");
for (const name of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    if (name === "drop") all(event.dataTransfer.files);
  });
}
watch();
