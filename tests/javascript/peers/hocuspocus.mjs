// The hocuspocus server with its documents in files, as its database extension keeps them:
// `node hocuspocus.mjs DIRECTORY PORT`. Says its port when it listens.

import { readFile, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Server } from "@hocuspocus/server"
import * as Y from "yjs"

const [directory, port] = process.argv.slice(2)
const file = name => join(directory, `${name}.bin`)

const server = new Server({
  address: "127.0.0.1",
  port: Number(port),
  quiet: true,
  async onLoadDocument({ document, documentName }) {
    const stored = await readFile(file(documentName)).catch(() => null)
    if (stored) Y.applyUpdate(document, stored)
  },
  async onStoreDocument({ document, documentName }) {
    const beside = `${file(documentName)}.new`
    await writeFile(beside, Y.encodeStateAsUpdate(document))
    await rename(beside, file(documentName))
  },
})
await server.listen()
console.log(`listening on ${server.address.port}`)
