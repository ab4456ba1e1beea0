/** Where one revision is, seen from another, by how many commits it has that the other lacks, and how many it lacks. */
export function relationOf(ahead: number, behind: number): 'ahead' | 'behind' | 'identical' | 'diverged' {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}
