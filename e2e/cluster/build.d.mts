import type { GoProgram } from '../build-go.mjs';

export const apiServer: GoProgram;
