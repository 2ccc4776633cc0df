// SPDX-License-Identifier: Apache-2.0
"use strict";

const UNKNOWN_MS = 500; // an answer has to be unknown for so long before it is shown, or it would flicker
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 8000;
const MOST_BARS = 12;

const part = (id) => document.getElementById(id);
const percent = (share) => `${Math.round(share * 100)} %`;

let colours = new Map();
let unknownSince = null;
let shown = null;

// What stands behind # is never sent to a server; it goes from the address line, which others may see, into the tab.
function readToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem("token", given);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem("token") || "";
}

let token = readToken();

function ask(path, options = {}) {
  const headers = { ...(options.headers || {}), Authorization: `Bearer ${token}` };
  return fetch(path, { ...options, headers, cache: "no-store" });
}

async function problemOf(response) {
  try {
    return await response.json();
  } catch {
    return { title: "That did not work", detail: `The server answers ${response.status}.`, remedy: "" };
  }
}

function showTrouble(title, message) {
  part("trouble").hidden = !title;
  part("trouble-title").textContent = title || "";
  part("trouble-message").textContent = message || "";
}

function showState(words, kind) {
  const state = part("state");
  if (state.textContent !== words) {
    state.textContent = words;
  }
  state.className = `state ${kind}`;
}

function inkOn(colour) {
  const channel = (start) => {
    const value = parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const light = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return light > 0.179 ? "#0E1116" : "#FFFFFF";
}

function newBar() {
  const row = document.createElement("li");
  for (const name of ["initial", "name", "track", "share"]) {
    const cell = document.createElement("span");
    cell.className = name;
    row.append(cell);
  }
  const fill = document.createElement("div");
  fill.className = "fill";
  row.children[2].append(fill);
  row.children[0].setAttribute("aria-hidden", "true");
  row.children[2].setAttribute("aria-hidden", "true");
  return row;
}

// The bars keep the order of the classes, so that none jumps while its share changes.
function showBars(answer) {
  const bars = part("bars");
  // Names like "7" come first in an object, whatever their share.
  const likeliest = Object.entries(answer.probabilities)
    .sort((one, other) => other[1] - one[1])
    .slice(0, MOST_BARS);
  const order = [...colours.keys()];
  likeliest.sort((one, other) => order.indexOf(one[0]) - order.indexOf(other[0]));
  while (bars.children.length > likeliest.length) {
    bars.lastElementChild.remove();
  }
  likeliest.forEach(([label, share], place) => {
    const row = bars.children[place] || bars.appendChild(newBar());
    const [initial, name, track, told] = row.children;
    const colour = colours.get(label) || "#8A6FD1";
    initial.textContent = [...label][0].toUpperCase();
    initial.style.background = colour;
    initial.style.color = inkOn(colour);
    name.textContent = label;
    name.title = label;
    track.firstElementChild.style.background = colour;
    track.firstElementChild.style.width = `${100 * share}%`;
    told.textContent = percent(share);
  });
}

function showAnswer(answer, atOnce) {
  if (Object.keys(answer.probabilities).some((label) => !colours.has(label))) {
    readClasses();
  }
  const now = performance.now();
  unknownSince = answer.unknown ? unknownSince ?? now : null;
  const isUnknown = unknownSince !== null && (atOnce || now - unknownSince >= UNKNOWN_MS);
  const words = isUnknown ? "unknown" : answer.label;
  if (words !== shown) { // so that a screen reader says only what is new
    part("answer").textContent = words;
    shown = words;
  }
  part("guess").textContent = isUnknown
    ? `It looks most like ${answer.label}.`
    : `${percent(answer.confidence)} sure`;
  part("answer-card").classList.toggle("unknown", isUnknown);
  part("answer-card").hidden = false;
  showBars(answer);
}

let isReadingClasses = false;

async function readClasses() {
  if (isReadingClasses) {
    return;
  }
  isReadingClasses = true;
  try {
    const response = await ask("/classes");
    if (response.ok) {
      const { classes } = await response.json();
      colours = new Map(classes.map((one) => [one.name, one.colour]));
    }
  } catch {
    // The stream, which is down as well then, tells it.
  } finally {
    isReadingClasses = false;
  }
}

function showProject(state) {
  part("project").textContent = state.project;
  document.title = `${state.project} – Showtell`;
  part("drop").hidden = state.camera !== null;
  if (state.camera !== null && !state.live) {
    part("answer-card").hidden = true; // nothing is seen that it would be the answer to
  }
  showTrouble(state.trouble && state.trouble.title, state.trouble && state.trouble.message);
  const words = { starting: "starting", restarting: "starting again", gone: "stopped" }[state.learner];
  if (words) {
    showState(words, state.learner === "gone" ? "bad" : "waiting");
  } else if (state.learning) {
    showState("learning", "busy");
  } else if (state.version_id === null) {
    showState("nothing learned yet", "waiting");
  } else {
    showState(`version ${state.version_id}`, "ready");
  }
}

function showIncrement(increment) {
  const learned = Object.entries(increment.classes).map(([label, count]) => `${label} (+${count})`);
  if (increment.outcome === "rejected") {
    part("news").textContent = `Not taken: ${increment.why}`;
  } else if (learned.length) {
    part("news").textContent = `learned: ${learned.join(", ")}`;
  }
  readClasses();
}

const SHOWN = {
  state: showProject,
  prediction: (answer) => showAnswer(answer, false),
  increment: showIncrement,
  sample: (sample) => {
    part("news").textContent = `stored: ${sample.label ?? "a sample without a label"}`;
  },
};

function take(block) {
  let kind = "message";
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) {
      kind = line.slice(6).trim();
    } else if (line.startsWith("data:")) {
      data.push(line.slice(5).trimStart());
    }
  }
  if (data.length && SHOWN[kind]) {
    SHOWN[kind](JSON.parse(data.join("\n")));
  }
}

// EventSource cannot send a header, and the token has no place in an address.
async function follow() {
  const response = await ask("/events", { headers: { Accept: "text/event-stream" } });
  if (response.status === 401) {
    part("ask-token").hidden = false;
    showState("waiting for the token", "waiting");
    part("token").focus();
    return false;
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    throw new Error(`${problem.detail} ${problem.remedy}`);
  }
  await readClasses();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return true;
    }
    const blocks = (rest + value.replaceAll("\r", "")).split("\n\n");
    rest = blocks.pop();
    blocks.forEach(take);
  }
}

async function followAlways() {
  let pause = FIRST_RETRY_MS;
  for (;;) {
    const began = performance.now();
    try {
      if (!(await follow())) {
        return;
      }
    } catch {
      // Said below: the browser's own words help nobody.
    }
    showState("the server does not answer", "bad");
    pause = performance.now() - began > LONGEST_RETRY_MS ? FIRST_RETRY_MS : Math.min(2 * pause, LONGEST_RETRY_MS);
    await new Promise((done) => setTimeout(done, pause));
  }
}

async function askAbout(file) {
  const picture = part("picture");
  URL.revokeObjectURL(picture.src);
  picture.src = URL.createObjectURL(file);
  picture.hidden = false;
  showTrouble("", "");
  try {
    const response = await ask("/predict", {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream" },
      body: file,
    });
    if (response.ok) {
      showAnswer(await response.json(), true);
    } else {
      const problem = await problemOf(response);
      part("answer-card").hidden = true; // it was that of another picture
      showTrouble(problem.title, `${problem.detail} ${problem.remedy}`);
    }
  } catch {
    showTrouble("The server does not answer", "See whether Showtell still runs.");
  }
}

part("ask-token").addEventListener("submit", (event) => {
  event.preventDefault();
  token = part("token").value.trim();
  sessionStorage.setItem("token", token);
  part("ask-token").hidden = true;
  followAlways();
});
part("picture").addEventListener("error", () => {
  part("picture").hidden = true; // the server may know more kinds than the browser
});
part("file").addEventListener("change", (event) => {
  if (event.target.files.length) {
    askAbout(event.target.files[0]);
  }
});
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    part("drop").classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    part("drop").classList.remove("over");
  });
}
document.addEventListener("drop", (event) => {
  if (event.dataTransfer.files.length) {
    askAbout(event.dataTransfer.files[0]);
  }
});

followAlways();
