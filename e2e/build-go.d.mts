export interface Source {
  /** What a person calls the program. */
  readonly title: string;
  /** Of the processor, that a build takes. */
  readonly minutes: number;
  /** Has the go.mod and the tools.go. */
  readonly folder: string;
  readonly module: string;
  /** The package of the program; the module itself unless given. */
  readonly package?: string;
  /** Of `go build`, for a version such as `v1.2.3`. */
  readonly flags?: (version: string) => readonly string[];
  /** Folders of the sources that the program reads when it runs. */
  readonly files?: readonly string[];
}

export interface Place {
  readonly folder: string;
  readonly program: string;
  /** The folder with `files`. */
  readonly static: string;
}

export class GoProgram {
  constructor(source: Source);
  place(): Promise<Place>;
  isBuilt(): Promise<boolean>;
  build(): Promise<void>;
  runAsCommand(): Promise<void>;
}
