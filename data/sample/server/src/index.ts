import 'dotenv/config';
import { bootstrap } from './bootstrap.js';
import { loadConfig } from './config/index.js';

const server = await bootstrap(loadConfig());
server.logger.info({ address: server.address }, 'listening');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.logger.info({ signal }, 'stopping');
    void server.stop().then(() => process.exit(0));
  });
}
