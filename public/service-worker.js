// Keeps the app's shell on the device, so that it opens without a network. The bundler fills in
// the version and the list of files.
//
// Invariants: a page is answered from one version whole, never from two; what the server says of
// itself and anything that is not a GET never pass through here; a new version takes over only when
// the page asks for it by posting { type: "activate" }.
"use strict";

const PREFIX = "groundwork-shell-";
const CACHE = PREFIX + "{{version}}";
const FILES = new Set({{files}});
// Every view has this one page; the app reads the address.
const PAGE = "/";
const SERVERS = /^\/(sync|healthz|readyz|metrics|api)(\/|$)/;

addEventListener("install", (event) => event.waitUntil(keepAll()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("message", (event) => {
  if (event.data?.type === "activate") skipWaiting();
});
addEventListener("fetch", (event) => {
  const path = keptPath(event.request);
  if (path) event.respondWith(answer(path, event.request));
});

async function keepAll() {
  const cache = await caches.open(CACHE);
  await Promise.all([...FILES].map((path) => keep(cache, path)));
}

// A hashed file never changes: the previous version's copy, or the browser's own, will do.
async function keep(cache, path) {
  const hashed = path.startsWith("/assets/");
  const known = hashed && (await caches.match(path, { ignoreVary: true }));
  const response = known || (await fetch(path, { cache: hashed ? "default" : "reload" }));
  if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status}`);
  if (path === PAGE) await checkPage(response.clone());
  await cache.put(path, response);
}

// While a server is being replaced, the page can be of another version than this list. Then the
// installation fails, nothing changes, and the browser tries again later.
async function checkPage(response) {
  const text = await response.text();
  const strange = [...FILES].find((path) => path.startsWith("/assets/") && !text.includes(path));
  if (strange) throw new Error(`the page does not know ${strange}`);
}

async function takeOver() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  // On a first visit this makes the open page work offline without a reload.
  await clients.claim();
}

// The path in the cache that answers this request, if any does.
function keptPath(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return undefined;
  if (request.mode === "navigate" && isView(url.pathname)) return PAGE;
  return FILES.has(url.pathname) ? url.pathname : undefined;
}

// What has a dot in its last part is a file, and what the server says of itself is its own page. Any
// other address is the app's, which says so if it knows none such.
function isView(path) {
  return !SERVERS.test(path) && !/\.[^/]*$/.test(path);
}

// The browser may have thrown parts of the cache away: then the network is asked after all.
async function answer(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path, { ignoreVary: true })) || fetch(request);
}
