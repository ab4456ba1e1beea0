/** Files that have no lines of text, by the endings of their names: their contents are not even fetched. */

const ENDINGS = [
  ['images', 'png jpe?g gif ico bmp tiff? webp avif heic psd'],
  ['sounds and films', 'mp[34] m4[av] wav ogg flac avi mov mkv webm'],
  ['fonts', 'ttf otf eot woff2?'],
  ['documents', 'pdf docx? xlsx? pptx? odt ods'],
  ['archives', 'zip tgz t?gz bz2 t?xz zst 7z rar jar war ear tar whl deb rpm apk dmg iso img'],
  ['programs and objects', 'exe dll so dylib a o class pyc wasm bin'],
  ['data', 'sqlite3? db parquet npy pkl onnx safetensors pack idx'],
] as const;

const BINARY = new RegExp(`\\.(?:${ENDINGS.map(([, endings]) => endings.replaceAll(' ', '|')).join('|')})$`, 'i');

/** Whether a file has no lines of text, by the ending of its name. */
export const isBinaryName = (path: string): boolean => BINARY.test(path);
