/** A server in a process of its own, on loopback, for tests. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds for migrations and the first answer on a busy machine. */
const START = 180_000;

export interface ServerCommand {
  /** What a person calls it. */
  readonly title: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Whether the server answers; one that throws does not yet. */
  readonly isAnswering: () => Promise<boolean>;
}

/** Starts a server and waits until it answers; the function returned ends it. Throws where it does not, with the end of its log. */
export async function startServer(command: ServerCommand): Promise<() => Promise<void>> {
  const { title, program, args, env, isAnswering } = command;
  const server = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const log: string[] = [];
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log.push(text);
      if (log.length > 200) log.shift();
    });
  }
  server.on('error', (error) => log.push(String(error)));
  const until = Date.now() + START;
  while (Date.now() < until && server.exitCode === null && server.pid !== undefined) {
    if (await isAnswering().catch(() => false)) return () => end(server);
    await sleep(200);
  }
  await end(server);
  throw new Error(`${title} did not start:\n${log.join('').slice(-4000)}`);
}

/** A port of 127.0.0.1 that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.pid === undefined) return;
  const ended = new Promise((resolve) => server.once('close', resolve));
  server.kill('SIGTERM');
  const late = setTimeout(() => server.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(late);
}
