// node `ws` as most people use it: every line that comes in on PORT+1 is sent to each socket of PORT.
const http = require('http');
const net = require('net');
const readline = require('readline');
const { WebSocketServer } = require('ws');

const port = Number(process.argv[2]);
const server = http.createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
const tell = (line) => { for (const socket of sockets.clients) if (socket.readyState === 1) socket.send(line); };

server.listen({ port, host: '127.0.0.1', backlog: 2048 });
net.createServer((wire) => readline.createInterface({ input: wire }).on('line', tell)).listen(port + 1, '127.0.0.1');
