// Yjs clients in one process that write at the same instants:
// `node yjs-load.mjs write KIND ADDRESS NOTES CLIENTS EDITS EVERY_MS` says "ready" when all are level,
// writes, and prints how many milliseconds each edit took to each other client;
// `node yjs-load.mjs count KIND ADDRESS NOTES CLIENTS EDITS` prints how many of the last edits a
// fresh client finds. KIND is "hocuspocus" or "y-websocket".

import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider"
import WebSocket from "ws"
import { WebsocketProvider } from "y-websocket"
import * as Y from "yjs"

const FIELDS = ["kind", "made", "maker", "edited", "editor", "x", "y", "colour"]
const TEXT = "A note with some forty-five characters of text"
const PATIENCE_MS = 20_000

const [what, kind, address, ...numbers] = process.argv.slice(2)
const [notes, clients, edits, every] = numbers.map(Number)
const name = "measured"

// One client, once it is level with the server.
function join() {
  const doc = new Y.Doc()
  return new Promise(resolve => {
    const done = () => resolve({ doc, leave: () => provider.destroy() })
    let provider
    if (kind === "hocuspocus") {
      const websocketProvider = new HocuspocusProviderWebsocket({ url: address, WebSocketPolyfill: WebSocket })
      provider = new HocuspocusProvider({ websocketProvider, document: doc, name, onSynced: done })
      provider.attach()
    } else {
      // Between themselves the clients must meet over the server alone.
      provider = new WebsocketProvider(address, name, doc, { WebSocketPolyfill: WebSocket, disableBc: true })
      provider.once("sync", done)
    }
  })
}

const value = (client, edit) => `${client} at ${edit}`
// Answered when the line is out: the process ends right after its last one.
const say = line => new Promise(resolve => process.stdout.write(`${line}\n`, resolve))
const pause = ms => new Promise(resolve => setTimeout(resolve, ms))
async function until(condition) {
  const end = performance.now() + PATIENCE_MS
  while (!condition() && performance.now() < end) await pause(20)
}

function fill(doc) {
  doc.transact(() => {
    const all = doc.getMap("notes")
    for (let number = 0; number < notes; number++) {
      const note = new Y.Map()
      for (const field of FIELDS) note.set(field, "some value")
      note.set("text", new Y.Text(TEXT))
      all.set(String(number), note)
    }
  })
}

async function write() {
  const first = await join()
  fill(first.doc)
  const all = []
  for (let client = 0; client < clients; client++) all.push(await join())
  await until(() => all.every(({ doc }) => doc.getMap("notes").size === notes))
  const sent = new Map()
  const latencies = []
  all.forEach(({ doc }, reader) => {
    doc.getMap("notes").observeDeep(events => {
      const now = performance.now()
      for (const event of events) {
        if (!event.keys.has("x") || event.transaction.local) continue
        const at = sent.get(event.target.get("x"))
        if (at !== undefined) latencies.push(now - at)
      }
    })
  })
  await say("ready")
  const start = performance.now() + 1_000
  for (let edit = 0; edit < edits; edit++) {
    await pause(Math.max(0, start + edit * every - performance.now()))
    all.forEach(({ doc }, client) => {
      sent.set(value(client, edit), performance.now())
      doc.getMap("notes").get(String(client % notes)).set("x", value(client, edit))
    })
  }
  const expected = edits * clients * (clients - 1)
  await until(() => latencies.length >= expected)
  await say(JSON.stringify({ latencies }))
}

async function count() {
  const { doc } = await join()
  const all = doc.getMap("notes")
  // y-websocket calls itself level before it has read its store.
  await until(() => all.size === notes)
  let kept = 0
  for (let client = 0; client < clients; client++) {
    if (all.get(String(client % notes))?.get("x") === value(client, edits - 1)) kept++
  }
  await say(JSON.stringify({ kept }))
}

await (what === "write" ? write() : count())
process.exit(0)
