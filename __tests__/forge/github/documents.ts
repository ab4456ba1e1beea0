/** All GraphQL documents that we send, one of each shape. `scripts/trim-graphql.mjs` reads this file too. */
import * as documents from '../../../src/forge/github/graphql-documents.ts';

const counts = { tips: 2, listings: 2, files: 2, branches: 2 };

export const OUR_DOCUMENTS: readonly string[] = [
  ...Object.values(documents).filter((document) => typeof document === 'string'),
  documents.pullRequestsQuery(2),
  documents.baseQuery(counts, true),
  documents.baseQuery(counts, false),
  documents.baseQuery({ tips: 0, listings: 0, files: 0, branches: 0 }, false),
  documents.filesQuery(counts),
  documents.objectsQuery(2),
  documents.historyQuery(0),
  documents.historyQuery(2),
  documents.moveMutation(true),
  documents.moveMutation(false),
  ...[true, false].flatMap((creates) => [true, false].map((opens) => documents.commitMutation(creates, opens))),
];
