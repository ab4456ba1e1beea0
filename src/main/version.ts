/** The version of this program, that of package.json. */
export const VERSION = '1.0.0';
