/** The path of the program, whether it is installed or not. Throws for a name that is none of the tools. */
export function pathOfTool(name: string): string;
/** Installs the program, unless it is there, and returns its path. Throws with what the installer printed. */
export function installTool(name: string): Promise<string>;
