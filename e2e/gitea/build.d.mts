/** Where the built server is. */
export function placeOfGitea(): Promise<{
  readonly folder: string;
  readonly program: string;
  /** The folder with its templates. */
  readonly static: string;
}>;
export function isBuilt(): Promise<boolean>;
export function buildGitea(): Promise<void>;
