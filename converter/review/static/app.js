"use strict";

const $ = (id) => document.getElementById(id);
const STATIC = Array.isArray(window.POSTS);
const IMAGES = new URLSearchParams(location.search).has("images");
const PAGE = 100;
const FAILED = 0, DIFFERS = 1, WAITING = 2, PERFECT = 3;
const POLL = 1500;

const MARKS = ["seen", "good", "bad"];
const state = { page: 0, pages: 1, query: "", filters: { state: "", complete: "", mark: "", order: "" }, given: {}, rows: [], here: 0, post: null, difference: -1, target: "", written: "", timer: 0, typing: 0, asked: 0 };

/* ---- Language ---- */

function kept(key, value) {  /* what the browser remembers; nothing where it must not */
  try {
    if (value !== undefined) localStorage.setItem(key, value);
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

let language = kept("csdn2md-language") || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");

const say = (key, ...values) => values.reduce((text, value, place) => text.replace(`{${place}}`, value), STRINGS[language]?.[key] ?? STRINGS.en[key] ?? key);

const inLanguage = (both) => (both ? both[language === "zh" ? 1 : 0] : "");

function translate() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = say("title");
  for (const box of document.querySelectorAll("[data-text]")) box.textContent = say(box.dataset.text);
  for (const box of document.querySelectorAll("[data-title]")) box.title = say(box.dataset.title);
  for (const box of document.querySelectorAll("[data-label]")) box.setAttribute("aria-label", say(box.dataset.label));
  $("search").placeholder = say(STATIC ? "searchNames" : "search");
}

function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  kept("csdn2md-language", language);
  translate();
  state.written = "";
  if (isPost()) showPost(Number(location.hash.slice(7)));
  showList();
}

/* ---- Data: from the server, or from the files of an export ---- */

const fetched = async (path) => (await fetch(path + (IMAGES ? (path.includes("?") ? "&" : "?") + "images" : ""))).json();

const MARK_KEY = "csdn2md-marks";
const markOf = (row) => (STATIC ? state.given[row[1]] || "" : row[8]);

function filtered(query, page) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const { state: wanted, complete, mark, order } = state.filters;
  const kind = { failed: FAILED, differs: DIFFERS, waiting: WAITING, perfect: PERFECT }[wanted];
  const found = window.POSTS.filter((row) => (kind === undefined || row[4] === kind)
    && (!complete || (complete === "no") === Boolean(row[7])) && (!mark || (markOf(row) || "none") === mark)
    && words.every((word) => `${row[1]}\n${row[6]}`.toLowerCase().includes(word)));
  if (order === "health") found.sort((one, other) => one[9] - other[9]);
  const count = (one) => window.POSTS.filter((row) => row[4] === one).length;
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  page = Math.min(Math.max(page, 0), pages - 1);
  return {
    total: window.POSTS.length, failed: count(FAILED), differing: count(DIFFERS), waiting: 0, perfect: count(PERFECT),
    done: true, problem: "", found: found.length, page, pages, rows: found.slice(page * PAGE, (page + 1) * PAGE),
  };
}

const posts = async (query, page) =>
  STATIC ? filtered(query, page) : fetched(`/posts?${new URLSearchParams({ page, query, ...state.filters })}`);

async function loadMarks() {
  try {
    state.given = STATIC ? JSON.parse(kept(MARK_KEY) || "{}") : await (await fetch("/marks")).json();
  } catch {
    state.given = {};
  }
}

/* Keep the mark of a post: on the server, or for an export in this browser. */
async function giveMark(mark) {
  if (!state.post) return;
  const { name } = state.post;
  const wanted = state.given[name] === mark ? "" : mark;
  if (!STATIC) {
    const answer = await fetch(`/mark/${location.hash.slice(7)}`, { method: "POST", body: wanted }).catch(() => null);
    if (!answer?.ok) { $("verdict").append(` ${say("notKept")}`); return; }
  }
  if (wanted) state.given[name] = wanted;
  else delete state.given[name];
  if (STATIC) kept(MARK_KEY, JSON.stringify(state.given));
  for (const row of state.rows) if (row[1] === name) row[8] = wanted;
  showMark();
}

function showMark() {
  for (const button of $("marks").children) button.setAttribute("aria-pressed", String(state.given[state.post?.name] === button.dataset.mark));
}

async function saveMarks(kind) {
  await loadMarks();
  const rows = Object.entries(state.given).sort(([one], [other]) => (one < other ? -1 : 1));
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : /^[=+\-@\t]/.test(text) ? `'${text}` : text);
  const text = kind === "json" ? `${JSON.stringify(Object.fromEntries(rows), null, 1)}\n`
    : ["post,mark", ...rows.map((row) => row.map(cell).join(","))].join("\n") + "\n";
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([text], { type: kind === "json" ? "application/json" : "text/csv" }));
  link.download = `marks.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function post(number) {
  if (!STATIC) return fetched(`/post/${number}`);
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    window.receive = (packed) => { script.remove(); unpacked(packed).then(resolve, reject); };
    script.onerror = reject;
    script.src = `post/${number}.js`;
    document.head.append(script);
  });
}

async function unpacked(letters) {
  const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
}

const originalAddress = (number) => (STATIC ? "about:srcdoc" : `/original/${number}${IMAGES ? "?images" : ""}`);

/* ---- The list ---- */

function element(tag, text, name) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (name) made.className = name;
  return made;
}

const percent = (score) => (score >= 1 ? "100 %" : `${(Math.floor(score * 1000) / 10).toFixed(1)} %`);
const badge = (score, kind) =>
  element("span", kind === WAITING ? "…" : kind === FAILED ? say("failed") : percent(score), `badge s${kind}`);

function showTotals(list) {
  const count = (number) => number.toLocaleString("en");
  const parts = [[list.total, "posts", ""], [list.perfect, "perfect", "good"], [list.differing, "differ", list.differing ? "bad" : ""]];
  if (list.failed) parts.push([list.failed, "failed", "bad"]);
  if (list.waiting || !list.done) parts.push([list.waiting, "checking", ""]);
  $("totals").replaceChildren(...parts.map(([number, words, name]) => {
    const part = element("span", undefined, name);
    part.append(element("b", count(number)), ` ${say(words)}`);
    return part;
  }), list.problem ? element("span", list.problem, "bad") : "");
  $("found").textContent = list.found === list.total ? "" : `${count(list.found)} / ${count(list.total)}`;
}

function showRows(list) {
  const written = JSON.stringify(list.rows);
  if (state.written !== written) writeRows(list.rows);  /* a row that is replaced under the mouse loses its click */
  state.written = written;
  $("empty").hidden = list.found > 0 || !list.done;
  $("page").textContent = say("pageOf", list.page + 1, list.pages);
  $("previous-page").disabled = list.page === 0;
  $("next-page").disabled = list.page + 1 >= list.pages;
}

function writeRows(rows) {
  $("rows").replaceChildren(...rows.map((row, place) => {
    const [number, name, score, differences, kind, error, postTitle, incomplete, , health, fuller] = row;
    const line = element("tr");
    line.dataset.place = place;
    line.dataset.number = number;
    const cell = element("td", undefined, "score");
    cell.append(badge(score, kind));
    const given = markOf(row);
    const title = element("td", undefined, "names");
    const link = element("a", postTitle || name);
    link.href = `#/post/${number}`;
    title.append(link);
    if (incomplete) title.append(element("span", say(incomplete), "incomplete"));
    if (postTitle) title.append(element("small", name, "name"));
    if (fuller) title.append(element("small", say("fuller", fuller), "name"));
    if (error) title.append(element("small", inLanguage(error), "error"));
    line.append(cell, element("td", kind === DIFFERS ? differences : "", "number"), element("td", health ?? "", "health"), element("td", given ? say(given) : "", `given ${given}`), title);
    return line;
  }));
}

function mark(place) {
  state.here = Math.min(Math.max(place, 0), Math.max(0, state.rows.length - 1));
  for (const line of $("rows").children) line.classList.toggle("here", Number(line.dataset.place) === state.here);
  $("rows").children[state.here]?.scrollIntoView({ block: "nearest" });
}

async function showList() {
  clearTimeout(state.timer);
  const asked = ++state.asked;
  const list = await posts(state.query, state.page);
  if (asked !== state.asked) return;  /* a later question has its own answer */
  Object.assign(state, { page: list.page, pages: list.pages, rows: list.rows });
  showTotals(list);
  if (!$("list").hidden) {
    showRows(list);
    mark(state.here);
  }
  if (!list.done) state.timer = setTimeout(showList, POLL);
}

async function turn(step) {
  const page = state.page + step;
  if (page < 0 || page >= state.pages) return false;
  Object.assign(state, { page, here: 0 });
  await showList();
  return true;
}

/* ---- One post ---- */

function drawFormulas(root) {
  for (const box of root.querySelectorAll(".math")) {
    try {
      katex.render(box.textContent, box, { output: "mathml", displayMode: box.tagName === "DIV", trust: false, maxExpand: 500 });
    } catch {
      box.classList.add("raw");
    }
  }
}

const lineOf = (box) => Number(box.dataset.line);

function boxOf(line) {
  let best = null;
  for (const box of $("rendered").querySelectorAll("[data-line]")) {
    if (lineOf(box) <= line && (!best || lineOf(box) >= lineOf(best))) best = box;
  }
  return best;
}

function showDifferences(facts) {
  const list = $("differences");
  list.replaceChildren(...facts.differences.map((difference, place) => {
    const item = element("li");
    item.dataset.place = place;
    const facet = say(`in ${difference.facet}`);
    item.append(element("small", difference.line ? `${say("line", difference.line)} · ${facet}` : facet), inLanguage(difference.text));
    boxOf(difference.line)?.classList.add("different");
    return item;
  }));
  if (facts.error) list.append(element("li", inLanguage(facts.error)));
  else if (!facts.differences.length) list.append(element("li", say("noDifference"), "none"));
}

function showFindings(facts) {
  $("findings").replaceChildren(...facts.findings.map(({ rule, meaning, count, items }) => {
    const box = element("details");
    const head = element("summary");
    head.append(element("b", rule), element("span", count));
    box.append(head, element("p", inLanguage(meaning), "meaning"), ...items.map(([line, text, kept]) => {
      const item = element("p", line ? `${say("line", line)} ` : "");
      if (text) item.append(element("del", text));
      if (kept) item.append(text ? " → " : "", element("ins", kept));
      return item;
    }));
    return box;
  }));
  $("sum").textContent = inLanguage(facts.sum);
}

function showSource(facts) {
  const different = new Set(facts.differences.map((difference) => difference.line));
  $("source").replaceChildren(...facts.markdown.split("\n").map((text, place) =>
    element("span", text, different.has(place + 1) ? "different" : "")));
}

async function showPost(number) {
  const facts = await post(number);
  if (location.hash !== `#/post/${number}`) return;
  Object.assign(state, { post: facts, difference: -1, target: "" });
  $("title").textContent = facts.title || facts.name;
  $("title").title = facts.name;
  showMark();
  $("verdict").replaceChildren(badge(facts.score, facts.error ? FAILED : facts.differences.length ? DIFFERS : PERFECT));
  $("rendered").innerHTML = facts.rendered;
  drawFormulas($("rendered"));
  for (const box of $("rendered").querySelectorAll("pre")) box.tabIndex = 0;  /* they scroll */
  showDifferences(facts);
  showFindings(facts);
  showSource(facts);
  const old = $("original");
  const frame = old.cloneNode();
  if (STATIC) frame.srcdoc = facts.original;
  else frame.src = originalAddress(number);
  old.replaceWith(frame);
  if (facts.error) chooseTab("side");
  $("scroll").scrollTop = 0;
  $("scroll").focus({ preventScroll: true });
  document.body.dataset.post = number;
}

/* The frame is a stranger to this page (sandbox): it cannot be asked where it stands, only be sent somewhere. */
function follow(number) {
  if (!number || state.target === number) return;
  state.target = number;
  const address = new URL(originalAddress(location.hash.slice(7)), location.href);
  address.hash = `n${number}`;
  $("original").contentWindow.location.replace(address);
}

function topLine() {
  const edge = $("scroll").getBoundingClientRect().top + 4;
  const boxes = $("source").hidden ? $("rendered").querySelectorAll("[data-line]") : $("source").children;
  let first = 0, last = boxes.length;
  while (first < last) {
    const middle = (first + last) >> 1;
    if (boxes[middle].getBoundingClientRect().bottom < edge) first = middle + 1;
    else last = middle;
  }
  if (!$("source").hidden) return first + 1;
  let box = boxes[first];
  while (box?.querySelector("[data-line]")) {
    const inner = [...box.querySelectorAll("[data-line]")].find((one) => one.getBoundingClientRect().bottom >= edge);
    if (!inner) break;
    box = inner;
  }
  return box ? lineOf(box) : 0;
}

function sourceOf(line) {
  let first = 0, last = state.post.map.length;
  while (first < last) {
    const middle = (first + last) >> 1;
    if (state.post.map[middle][0] < line) first = middle + 1;
    else last = middle;
  }
  return (state.post.map[first] || state.post.map[first - 1] || [0, 0])[1];
}

let waiting = false;
function scrolled() {
  if (waiting || !state.post) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    if (!document.body.classList.contains("free")) follow(sourceOf(topLine()));
  });
}

function toDifference(place) {
  const differences = state.post.differences;
  if (!differences.length) return;
  state.difference = (place + differences.length) % differences.length;
  const difference = differences[state.difference];
  for (const item of $("differences").children) item.classList.toggle("here", Number(item.dataset.place) === state.difference);
  $("differences").children[state.difference].scrollIntoView({ block: "nearest" });
  for (const box of document.querySelectorAll(".current")) box.classList.remove("current");
  const box = $("source").hidden ? boxOf(difference.line) : $("source").children[difference.line - 1];
  box?.classList.add("current");
  box?.scrollIntoView({ block: "start" });
  setTimeout(() => follow(difference.number || sourceOf(difference.line)), 50);
}

async function step(by) {
  const place = state.rows.findIndex((row) => String(row[0]) === location.hash.slice(7));
  if (state.rows[place + by]) state.here = place + by;
  else if (await turn(by)) state.here = by > 0 ? 0 : state.rows.length - 1;
  else return;
  location.replace(`#/post/${state.rows[state.here][0]}`);
}

/* ---- Where we are ---- */

const isPost = () => location.hash.startsWith("#/post/");
const openHere = () => { if (state.rows[state.here]) location.hash = `#/post/${state.rows[state.here][0]}`; };
const toList = () => { location.hash = "#/"; };

/* What is typed counts from here on, also where a page or a post comes before its time is up. */
function takeQuery() {
  clearTimeout(state.typing);
  const query = $("search").value;
  if (query !== state.query) Object.assign(state, { query, page: 0, here: 0 });
}

async function route() {
  takeQuery();
  const showsPost = isPost();
  $("list").hidden = showsPost;
  $("post").hidden = !showsPost;
  if (showsPost) {
    if (!state.rows.length) await showList();
    await showPost(Number(location.hash.slice(7)));
  } else {
    state.post = null;
    delete document.body.dataset.post;
    await showList();
  }
}

function pressed(button, on) { $(button).setAttribute("aria-pressed", String(on)); }

function toggleSource() {
  const line = topLine();
  const source = $("source").hidden;
  $("source").hidden = !source;
  $("rendered").hidden = source;
  pressed("source-button", source);
  (source ? $("source").children[line - 1] : boxOf(line))?.scrollIntoView({ block: "start" });
}

function toggleSide() {
  if (narrow.matches) return chooseTab("side");
  return toggleColumn();
}

const narrow = matchMedia("(max-width: 800px)");

/* On a narrow screen the columns are tabs. */
function chooseTab(name) {
  $("panes").dataset.tab = name;
  for (const tab of $("tabs").children) {
    tab.setAttribute("aria-selected", String(tab.id === `tab-${name}`));
    tab.tabIndex = tab.id === `tab-${name}` ? 0 : -1;
  }
}

function toggleColumn() { pressed("side-button", !document.body.classList.toggle("noside")); }

function togglePictures() {
  const address = new URL(location.href);
  if (IMAGES) address.searchParams.delete("images");
  else address.searchParams.set("images", "");
  location.href = address;
}

const LIST_KEYS = {
  j: () => mark(state.here + 1), k: () => mark(state.here - 1), ArrowDown: () => mark(state.here + 1),
  ArrowUp: () => mark(state.here - 1), Enter: openHere, "[": () => turn(-1), "]": () => turn(1),
};
const POST_KEYS = {
  j: () => step(1), k: () => step(-1), n: () => toDifference(state.difference + 1), p: () => toDifference(state.difference - 1),
  m: toggleSource, d: toggleSide, f: () => document.body.classList.toggle("free"), Escape: toList,
  v: () => giveMark("seen"), g: () => giveMark("good"), b: () => giveMark("bad"),
  i: () => { if (!STATIC) togglePictures(); },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  if (event.target === $("search")) {
    if (event.key === "Escape" || event.key === "Enter") $("search").blur();
    return;
  }
  if (event.target.closest?.("select") || (event.target.closest?.("button, a, summary") && event.key === "Enter")) return;
  if (event.target.closest?.("[role=tab]") && /^Arrow(Left|Right)$/.test(event.key)) {
    const tabs = [...$("tabs").children];
    const next = tabs[(tabs.indexOf(event.target) + (event.key === "ArrowRight" ? 1 : 2)) % 3];
    chooseTab(next.id.slice(4));
    next.focus();
    return;
  }
  const action = { "/": () => { if (isPost()) toList(); $("search").focus(); }, "?": () => $("help").showModal(),
    ...(isPost() ? POST_KEYS : LIST_KEYS) }[event.key];
  if (action) {
    event.preventDefault();
    action();
  }
});

$("search").addEventListener("input", () => {
  clearTimeout(state.typing);
  state.typing = setTimeout(() => {
    takeQuery();
    if (isPost()) toList();
    else showList();
  }, 120);
});
$("rows").addEventListener("click", (event) => {
  const line = event.target.closest("tr");
  if (!line || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  mark(Number(line.dataset.place));
  openHere();
});
$("differences").addEventListener("click", (event) => {
  const place = event.target.closest("li")?.dataset.place;
  if (place === undefined) return;
  chooseTab("right");
  toDifference(Number(place));
});
$("scroll").addEventListener("scroll", scrolled, { passive: true });
$("shield").addEventListener("wheel", (event) => { $("scroll").scrollTop += event.deltaY; }, { passive: true });
$("previous-page").addEventListener("click", () => turn(-1));
$("next-page").addEventListener("click", () => turn(1));
$("back").addEventListener("click", toList);
$("next-button").addEventListener("click", () => step(1));
$("source-button").addEventListener("click", toggleSource);
$("side-button").addEventListener("click", toggleSide);
$("images-button").addEventListener("click", togglePictures);
$("images-button").hidden = STATIC;
$("help-button").addEventListener("click", () => $("help").showModal());
$("language-button").addEventListener("click", switchLanguage);
for (const button of $("marks").children) button.addEventListener("click", () => giveMark(button.dataset.mark));
for (const tab of $("tabs").children) tab.addEventListener("click", () => chooseTab(tab.id.slice(4)));
for (const kind of ["csv", "json"]) $(`save-${kind}`).addEventListener("click", () => saveMarks(kind));
for (const name of Object.keys(state.filters)) {
  $(name).addEventListener("change", () => {
    state.filters[name] = $(name).value;
    Object.assign(state, { page: 0, here: 0 });
    showList();
  });
}
pressed("images-button", IMAGES);
chooseTab("right");
translate();
window.addEventListener("hashchange", route);
loadMarks().then(route);
