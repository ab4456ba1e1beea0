export async function runDemo(write: (line: string) => void): Promise<void> {
  write('soon');
}
