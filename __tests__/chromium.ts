/** Debian's chromium without a window, over the pipe of its DevTools protocol: what a person sees of a page. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const PROGRAM = 'chromium';

/** Whether there is one on this machine. */
export function hasChromium(): boolean {
  try {
    execFileSync(PROGRAM, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** An answer or an event of the protocol. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

export interface Page {
  /** Goes to an address, and waits until the document is read; what the page loads or asks for later is not waited for. */
  readonly open: (url: string) => Promise<void>;
  /** The value of an expression in the page, as JSON. */
  readonly read: <Value>(expression: string) => Promise<Value>;
  /** Shows a document of one's own, `width` pixels wide; gives a picture of all of it, as PNG. */
  readonly picture: (html: string, width: number) => Promise<Buffer>;
  /** Ends the browser, and leaves nothing of it on disk. */
  readonly close: () => Promise<void>;
}

/** https://chromedevtools.github.io/devtools-protocol */
export async function openBrowser(): Promise<Page> {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
  const child = spawn(PROGRAM, [...flags, `--user-data-dir=${profile}`, '--remote-debugging-pipe', 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const connection = new Connection(child);
  const close = async (): Promise<void> => {
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'close') : undefined;
    child.kill('SIGKILL');
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    const { targetId } = await connection.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await connection.send('Target.attachToTarget', { targetId, flatten: true });
    const session = String(sessionId);
    await connection.send('Page.enable', {}, session);
    // A dialog stops the page, and each question about it, until it is answered.
    connection.on('Page.javascriptDialogOpening', session, () => {
      void connection.send('Page.handleJavaScriptDialog', { accept: true }, session).catch(() => undefined);
    });
    const read = async <Value>(expression: string): Promise<Value> => {
      const answer = await connection.send('Runtime.evaluate', { expression, returnByValue: true }, session);
      const { result, exceptionDetails } = answer as { result: { value?: Value }; exceptionDetails?: unknown };
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return result.value as Value;
    };
    return {
      open: async (url) => {
        const ready = new Promise<void>((resolve) => {
          connection.on('Page.domContentEventFired', session, resolve);
        });
        await connection.send('Page.navigate', { url }, session);
        await ready;
      },
      read,
      picture: async (html, width) => {
        const { frameTree } = (await connection.send('Page.getFrameTree', {}, session)) as {
          frameTree: { frame: { id: string } };
        };
        await connection.send('Page.setDocumentContent', { frameId: frameTree.frame.id, html }, session);
        const size = (height: number): object => ({ width, height, deviceScaleFactor: 1, mobile: false });
        await connection.send('Emulation.setDeviceMetricsOverride', size(100), session);
        const height = await read<number>('document.documentElement.scrollHeight');
        await connection.send('Emulation.setDeviceMetricsOverride', size(height), session);
        const { data } = await connection.send('Page.captureScreenshot', { format: 'png' }, session);
        return Buffer.from(String(data), 'base64');
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The protocol on the third and fourth file of the process: JSON, each ended by NUL. */
class Connection {
  readonly #output: Writable;
  readonly #waiting = new Map<number, { resolve: (message: Message) => void; reject: (error: Error) => void }>();
  readonly #listeners = new Map<string, () => void>();
  #sent = 0;

  constructor(child: ChildProcess) {
    this.#output = child.stdio[3] as Writable;
    let text = '';
    (child.stdio[4] as Readable).setEncoding('utf8').on('data', (chunk: string) => {
      const messages = (text + chunk).split('\0');
      text = messages.pop() ?? '';
      for (const message of messages) this.#receive(JSON.parse(message) as Message);
    });
    child.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('chromium has ended'));
    });
    // Writing to one that has ended is told by `close`.
    this.#output.on('error', () => undefined);
  }

  async send(method: string, params: object, sessionId?: string): Promise<Readonly<Record<string, unknown>>> {
    this.#sent += 1;
    const id = this.#sent;
    const answer = new Promise<Message>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#output.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    const { result = {}, error } = await answer;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** Calls the latest listener with each such event of a session. */
  on(method: string, sessionId: string, listener: () => void): void {
    this.#listeners.set(`${sessionId} ${method}`, listener);
  }

  #receive(message: Message): void {
    if (message.id === undefined) return this.#listeners.get(`${message.sessionId} ${message.method}`)?.();
    this.#waiting.get(message.id)?.resolve(message);
    this.#waiting.delete(message.id);
  }
}
