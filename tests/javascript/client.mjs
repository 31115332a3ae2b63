// An automerge-repo client for the interoperation tests: reads one command a line from standard
// input, answers each with one line on standard output. Commands are carried out one at a time.

import { createInterface } from "node:readline"
import { Repo, splice } from "@automerge/automerge-repo"
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket"

const RETRY_MS = 100
const repo = new Repo({ network: [new WebSocketClientAdapter(process.argv[2], RETRY_MS)] })
// The adapter calls itself ready after a second even without a server; a peer is there only when
// the handshake is done.
const connected = new Promise(resolve => repo.networkSubsystem.once("peer", resolve))
let handle

// JSON has one kind of number; Automerge reads 64-bit integers as BigInt.
const plain = (_key, value) => (typeof value === "bigint" ? Number(value) : value)

// What is at a path, as plain JSON.
function at(path) {
  const value = path.reduce((object, key) => object?.[key], handle.doc())
  return value === undefined ? null : JSON.parse(JSON.stringify(value, plain))
}

function until(path, equals) {
  const wanted = JSON.stringify(equals)
  return new Promise(resolve => {
    const look = () => {
      if (JSON.stringify(at(path)) !== wanted) return
      handle.off("change", look)
      resolve()
    }
    handle.on("change", look)
    look()
  })
}

const commands = {
  async create({ value }) {
    handle = repo.create(value)
    return handle.url
  },
  // Waits for a document that someone else is still sending to the server.
  async find({ url }) {
    await connected
    handle = await repo.find(url, { allowableStates: ["ready", "unavailable"] })
    await handle.whenReady()
    return at([])
  },
  // Takes the server's first word on whether there is such a document.
  async ask({ url }) {
    await connected
    handle = await repo.find(url)
    return at([])
  },
  async put({ path, value }) {
    handle.change(doc => {
      const parent = path.slice(0, -1).reduce((object, key) => object[key], doc)
      parent[path.at(-1)] = value
    })
  },
  async splice({ path, at, insert }) {
    handle.change(doc => splice(doc, path, at, 0, insert))
  },
  async until({ path, equals }) {
    await until(path, equals)
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line)
  const answer = await commands[command.do](command).then(
    done => ({ done: done ?? null }),
    error => ({ error: String(error) }),
  )
  process.stdout.write(JSON.stringify(answer) + "\n")
}
process.exit(0)
