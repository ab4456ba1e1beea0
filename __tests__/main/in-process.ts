/** Runs an entry in this process, with an environment of its own, and collects what it writes. */
import { vi } from 'vitest';

export interface Written {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Only what `environment` has is in `process.env` while `entry` runs. */
export async function inProcess(
  environment: Readonly<Record<string, string>>,
  entry: () => Promise<number>,
): Promise<Written> {
  const before = process.env;
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      written[name] += String(chunk);
      return true;
    }),
  );
  process.env = { PATH: before['PATH'], ...environment };
  try {
    return { exitCode: await entry(), ...written };
  } finally {
    process.env = before;
    for (const spy of spies) spy.mockRestore();
  }
}
