/** Lines of the input `images` that name files, as a matrix of builds leaves them in artifacts. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { fromJson } from './images.ts';
import { readLines } from './values.ts';

/** A file of more bytes is not one of a build. */
const MOST_BYTES = 1 << 20;

/**
 * The input with the images of each `@path` in its place: of that JSON file, or of all JSON files in that folder and those below. Each
 * has what `images` takes as JSON. Throws IMAGES_UNREADABLE.
 */
export function withImageFiles(images: string): string {
  const lines = readLines(images);
  const isPath = (line: string): boolean => line.startsWith('@');
  if (!lines.some(isPath)) return images;
  const inFiles = lines.filter(isPath).flatMap((line) => filesAt(line.slice(1)).flatMap(imagesIn));
  const others = lines.filter((line) => !isPath(line)).join('\n');
  return [...(others.startsWith('{') ? fromJson(others, others) : [others]), ...inFiles].join('\n').trim();
}

function filesAt(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
    if (files.length > 0) return files.toSorted().map((file) => join(path, file));
  } catch (error) {
    throw failure('IMAGES_UNREADABLE', { value: `@${path}`, reason: `cannot be read: ${(error as Error).message}` });
  }
  throw failure('IMAGES_UNREADABLE', { value: `@${path}`, reason: 'has no JSON file' });
}

function imagesIn(file: string): readonly string[] {
  const value = `@${file}`;
  if (statSync(file).size > MOST_BYTES) throw failure('IMAGES_UNREADABLE', { value, reason: 'is larger than 1 MiB' });
  return fromJson(readFileSync(file, 'utf8'), value);
}
