/** The programs that run for this process: what a signal ends. Apart from what starts them, which takes 4 ms to load. */

const ends = new Set<() => void>();
let isEnding = false;

/** Takes what ends a child that was started; gives what is called when the child has ended. */
export function keepChild(end: () => void): () => void {
  ends.add(end);
  return () => {
    ends.delete(end);
  };
}

/** Ends all children and theirs at once; none is to be started from now on. */
export function endAllChildren(): void {
  isEnding = true;
  for (const end of ends) end();
}

/** Whether a signal ends this process. */
export function isProcessEnding(): boolean {
  return isEnding;
}
