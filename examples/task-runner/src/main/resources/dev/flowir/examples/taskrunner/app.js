"use strict";
// Shows tasks as events arrive. Everything is written as text, never as markup.
const SHOWN = 200;
const tasks = new Map(); // taskId -> {status, way, row}
const counts = { pending: 0, processing: 0, completed: 0, failed: 0 };
const $ = (id) => document.getElementById(id);

function cell(row, text, cls) {
  const td = row.insertCell();
  td.textContent = text;
  if (cls) td.className = cls;
  return td;
}

function apply({ taskId, status }) {
  let task = tasks.get(taskId);
  if (!task) {
    if (tasks.size === 0) $("tasks").replaceChildren();
    const row = document.createElement("tr");
    cell(row, taskId, "id");
    task = { status: null, way: [], row, state: cell(row, ""), path: cell(row, "") };
    tasks.set(taskId, task);
    $("tasks").prepend(row);
    if (tasks.size > SHOWN) forgetOldest();
  }
  if (task.status === status) return;
  if (task.status) counts[task.status]--;
  counts[status]++;
  task.status = status;
  task.way.push(status);
  task.state.textContent = status;
  task.state.className = "status " + status;
  task.path.textContent = task.way.join(" → ");
  $("n-" + status).textContent = counts[status];
  for (const name in counts) $("n-" + name).textContent = counts[name];
}

function forgetOldest() {
  const [id, oldest] = tasks.entries().next().value;
  oldest.row.remove();
  counts[oldest.status]--;
  tasks.delete(id);
}

async function loadDead() {
  const answer = await fetch("/dead-letters");
  if (!answer.ok) return;
  const { letters } = await answer.json();
  const rows = letters.map((letter) => {
    const row = document.createElement("tr");
    cell(row, letter.taskId, "id");
    cell(row, String(letter.deliveries)).dataset.label = "Deliveries";
    cell(row, letter.lastError).className = "error";
    const again = document.createElement("button");
    again.className = "quiet";
    again.textContent = "Run again";
    again.onclick = async () => {
      again.disabled = true;
      await fetch("/dead-letters/" + encodeURIComponent(letter.taskId) + "/redrive", { method: "POST" });
      loadDead();
    };
    row.insertCell().append(again);
    return row;
  });
  if (rows.length === 0) {
    const row = document.createElement("tr");
    cell(row, "None.", "empty").colSpan = 4;
    rows.push(row);
  }
  $("dead").replaceChildren(...rows);
}

async function post(payload) {
  const note = $("posted");
  note.className = "note";
  note.textContent = "";
  try {
    const answer = await fetch("/task", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: payload,
    });
    const body = await answer.json();
    if (answer.ok) {
      note.textContent = "Accepted as " + body.taskId;
    } else {
      note.className = "note bad";
      note.textContent = answer.status + ": " + (body.code ? body.code + " " : "") + body.error;
    }
  } catch (failure) {
    note.className = "note bad";
    note.textContent = "Not sent: " + failure.message;
  }
}

$("post").addEventListener("submit", (event) => {
  event.preventDefault();
  post($("payload").value);
});
$("poison").addEventListener("click", () => post('{"work":"poison"}'));

const source = new EventSource("/events");
source.onopen = () => {
  $("link").textContent = "live";
  $("link").className = "";
};
source.onerror = () => {
  $("link").textContent = "not connected, trying again…";
  $("link").className = "off";
};
source.onmessage = (event) => {
  const change = JSON.parse(event.data);
  apply(change);
  if (change.status === "failed" || change.status === "pending") loadDead();
};
loadDead();
