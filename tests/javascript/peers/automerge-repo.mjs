// The automerge-repo server with its documents in files, set up as automerge-repo-sync-server does:
// `node automerge-repo.mjs DIRECTORY PORT`. Says its port when it listens.

import { Repo } from "@automerge/automerge-repo"
import { WebSocketServerAdapter } from "@automerge/automerge-repo-network-websocket"
import { NodeFSStorageAdapter } from "@automerge/automerge-repo-storage-nodefs"
import { WebSocketServer } from "ws"

const [directory, port] = process.argv.slice(2)
const socket = new WebSocketServer({ host: "127.0.0.1", port: Number(port) })
new Repo({
  network: [new WebSocketServerAdapter(socket)],
  storage: new NodeFSStorageAdapter(directory),
  peerId: "storage-server",
  // Documents are given to who asks for them by name, and offered to nobody.
  sharePolicy: async () => false,
})
socket.once("listening", () => console.log(`listening on ${socket.address().port}`))
