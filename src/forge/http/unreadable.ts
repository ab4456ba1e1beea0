/** Answers that are not those of the server that was asked, or not whole; and what of an answer is read. */
import type * as z from 'zod/mini';

/** An answer that is not the server's, or not whole. The message is a clause whose subject is the answer or a host. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
  /** Whether the next answer will be the same. */
  readonly isFinal: boolean;

  constructor(message: string, { isFinal = false } = {}) {
    super(message);
    this.isFinal = isFinal;
  }
}

/** The unreadable answer that an error is about; a client may make it the cause of an error of its own. */
export function unreadableIn(error: unknown): UnreadableAnswer | undefined {
  if (error instanceof UnreadableAnswer) return error;
  return error instanceof Error ? unreadableIn(error.cause) : undefined;
}

/** The data of an answer, as far as `shape` names it. Throws UnreadableAnswer. */
export function readAnswer<Shape extends z.ZodMiniType>(shape: Shape, data: unknown): z.output<Shape> {
  const read = shape.safeParse(data, { reportInput: true });
  if (read.success) return read.data;
  const { path = [], input } = read.error.issues[0] ?? {};
  throw new UnreadableAnswer(`${path.length === 0 ? 'it' : `its field ${path.join('.')}`} is ${kindOf(input)}`);
}

function kindOf(input: unknown): string {
  if (input === undefined) return 'missing';
  if (input === null) return 'null';
  return Array.isArray(input) ? 'a list' : `a ${typeof input}`;
}
