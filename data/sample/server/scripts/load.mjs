// Drives a running server with sockets that join rooms, chat and send gifts.
//   node scripts/load.mjs --url http://127.0.0.1:3030 --users 40 --rooms 4 --seconds 20
import { createHmac } from 'node:crypto';
import { parseArgs } from 'node:util';
import { io } from 'socket.io-client';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3030' },
    users: { type: 'string', default: '40' },
    rooms: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '20' },
    'events-per-second': { type: 'string', default: '3' },
  },
});
const secret = process.env.AUTH_SECRET;
if (!secret) {
  throw new Error('AUTH_SECRET must be the secret that the server was started with');
}

const WORDS = 'what a lovely evening this song again please who is next on stage freecoins'.split(' ');
const GIFTS = ['clap', 'rose', 'coffee', 'balloon', 'guitar'];
const pick = (list, n) => list[n % list.length];

function token(user) {
  const body = Buffer.from(JSON.stringify(user)).toString('base64url');
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

function connect(n) {
  const user = { id: `user-${n}`, name: `User ${n}` };
  const socket = io(values.url, { auth: { token: token(user) }, transports: ['websocket'] });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

const sockets = [];
for (let n = 0; n < Number(values.users); n += 1) {
  sockets.push(await connect(n));
}

const rooms = [];
for (let n = 0; n < Number(values.rooms); n += 1) {
  const reply = await sockets[0].emitWithAck('room:create', { title: `Load ${n}` });
  rooms.push(reply.data.id);
}
for (const [n, socket] of sockets.entries()) {
  await socket.emitWithAck('room:join', { roomId: pick(rooms, n) });
}

const counts = new Map();
async function act(socket, n, turn) {
  const roomId = pick(rooms, n);
  const text = WORDS.slice(turn % 7, (turn % 7) + 8).join(' ');
  const gift = { roomId, giftId: pick(GIFTS, turn), receiverId: 'user-0', quantity: 1 };
  const [event, payload] = [
    ['chat:send', { roomId, text }],
    ['gift:send', gift],
    ['gift:send', gift],
    ['chat:send', { roomId, text }],
    ['seat:take', { roomId, seat: n % 8 }],
    ['chat:send', { roomId, text }],
    ['seat:leave', { roomId }],
    ['room:list', {}],
  ][(n + turn) % 8];
  const reply = await socket.emitWithAck(event, payload);
  const key = `${event} ${reply.ok ? 'ok' : 'refused'}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const pause = 1000 / Number(values['events-per-second']);
const until = Date.now() + Number(values.seconds) * 1000;
await Promise.all(
  sockets.map(async (socket, n) => {
    for (let turn = 0; Date.now() < until; turn += 1) {
      await act(socket, n, turn);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }),
);

for (const [key, count] of [...counts].sort()) {
  console.log(`${key.padEnd(20)} ${count}`);
}
for (const socket of sockets) {
  socket.close();
}
