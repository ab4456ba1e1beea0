/** What a sandbox was asked and answered, compared with GitHub's descriptions of its APIs. */
import type { RecordedRequest } from '../../sandbox/sandbox.ts';
import { violations } from '../forge/github/openapi.ts';

/** A sentence for each departure of the requests to the API that were answered. */
export function violationsOf(requests: readonly RecordedRequest[]): string[] {
  const answered = requests.filter(({ kind, status }) => kind === 'api' && status > 0);
  return answered.flatMap((one) => violations({ ...one, path: one.path.replace('/api/v3', '') }));
}
