/** The Update Framework and Sigstore's first root: one file in dist/, which is read when the public root is. */
export { default as seeds } from '@sigstore/tuf/seeds.json';
export { Updater, type Fetcher } from 'tuf-js';
export { DownloadHTTPError } from 'tuf-js/dist/error.js';
