import { connect, type NatsConnection } from '@nats-io/transport-node';

export const openNats = (url: string, name: string): Promise<NatsConnection> =>
  connect({ servers: url.split(','), name, maxReconnectAttempts: -1, reconnectTimeWait: 250, waitOnFirstConnect: true });
