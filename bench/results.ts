/** All that is measured, by the names that `--only` knows. */
import type { Bench } from './bench.ts';
import { racePushes, raceVersions } from './crowd.ts';
import { measureEnvironments } from './environments.ts';
import { releaseManyImages } from './many-images.ts';
import { measurePlanning } from './planning.ts';
import { compareReleases } from './releases.ts';
import { measureStartup } from './startup.ts';

export const MEASUREMENTS = {
  release: compareReleases,
  startup: measureStartup,
  planning: measurePlanning,
  images: releaseManyImages,
  environments: measureEnvironments,
  race: raceVersions,
  push: racePushes,
} as const satisfies Readonly<Record<string, (bench: Bench) => Promise<unknown>>>;

export type MeasurementName = keyof typeof MEASUREMENTS;

/** What was measured, as far as it was. */
export type Results = { readonly [Name in MeasurementName]?: Awaited<ReturnType<(typeof MEASUREMENTS)[Name]>> };

export async function measure(bench: Bench, names: readonly MeasurementName[]): Promise<Results> {
  const results: Record<string, unknown> = {};
  for (const name of names) {
    bench.say(`== ${name}`);
    results[name] = await MEASUREMENTS[name](bench);
  }
  return results;
}
