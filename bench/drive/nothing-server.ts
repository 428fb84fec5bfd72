import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that reads a body and answers: what the generator reaches against it is the generator's own ceiling on this machine. */
const ANSWER = '{"experiment_id":"1","run":{"info":{"run_id":"00000000000000000000000000000000"}}}';
const server = createServer((incoming, response) => {
  incoming.resume().on('end', () => response.setHeader('content-type', 'application/json').end(ANSWER));
});
server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.once('disconnect', () => process.exit(0));
