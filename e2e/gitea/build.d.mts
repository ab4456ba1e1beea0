import type { GoProgram } from '../build-go.mjs';

export const gitea: GoProgram;
