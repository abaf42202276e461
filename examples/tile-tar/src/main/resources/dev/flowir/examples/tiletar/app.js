// Shows one plan: what its coordinator says, as it says it.
"use strict";

const at = (id) => document.getElementById(id);
let events;

const path = (rest) => "/plans/" + encodeURIComponent(at("plan").value) + rest;

function millis(nanos) {
  return (nanos / 1e6).toFixed(1) + " ms";
}

function show(state) {
  at("status").textContent = state.status + (state.attempt > 1 ? ", attempt " + state.attempt : "");
  at("tiles").textContent = state.total ? state.done + "/" + state.total : "–";
  at("bar").value = state.total ? state.done / state.total : 0;
  at("bytes").textContent = state.bytes ? state.bytes + " bytes, " + state.sha256 : "–";
  at("note").textContent = state.note || "–";
  at("uses").textContent =
    Object.entries(state.uses)
      .map(([node, use]) => `${node}: ${millis(use.processorNanos)} processor, ${millis(use.wallNanos)} wall`)
      .join("; ") || "–";
}

function log(text) {
  const line = document.createElement("li");
  line.textContent = text;
  at("log").prepend(line);
}

function watch() {
  if (events) events.close();
  at("archive").href = "/archives/" + encodeURIComponent(at("plan").value) + ".tar";
  events = new EventSource(path("/events"));
  events.onmessage = (event) => {
    const told = JSON.parse(event.data);
    if (told.state) show(told.state);
    if (told.type === "event") {
      show(told.data);
      log(`${told.name}: ${told.data.done}/${told.data.total} ${told.data.note}`);
    }
  };
}

async function post(what) {
  const answer = await fetch(path(what), { method: "POST" });
  const body = await answer.json();
  log(answer.ok ? JSON.stringify(body) : body.code + ": " + body.error);
}

at("draw").onclick = () => post("/tiles");
at("begin").onclick = () => post("/detections");
at("plan").onchange = watch;
watch();
