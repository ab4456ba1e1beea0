/** Permissions as GitHub's settings call them. */

export type Level = 'read' | 'write' | 'admin';

/** `pull_requests`, `write` -> `Pull requests: write`. */
export function permissionName(permission: string, level: string): string {
  const words = permission.replaceAll(/[_-]/g, ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${level}`;
}
