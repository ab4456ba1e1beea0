/** A pull request that the push of its branch asks for, where there is no token for the API. */
import type { Attributes } from '../core/objects.ts';
import type { ForgeKind } from './kind.ts';

export interface PushedRequest {
  readonly base: string;
  /** One line. */
  readonly title: string;
  readonly attributes: Pick<Attributes, 'labels' | 'assignees' | 'milestone' | 'draft'>;
  /** Whether its branch is new: a title and labels that people changed are not set again. */
  readonly isNew: boolean;
}

/** The kinds whose servers take options with a push. Gitea and Forgejo want another ref in place of the branch. */
const OPTIONS: Readonly<Partial<Record<ForgeKind, (wanted: PushedRequest) => readonly string[]>>> = {
  // With one that is open from that branch GitLab changes it, and opens no second.
  gitlab: ({ base, title, isNew, attributes: { labels, assignees, milestone, draft } }) => {
    const created = ['create', `target=${base}`];
    const given = [
      `title=${title}`,
      ...(draft ? ['draft'] : []),
      ...labels.map((label) => `label=${label}`),
      ...assignees.map((assignee) => `assign=${assignee}`),
      ...(milestone === '' ? [] : [`milestone=${milestone}`]),
    ];
    return [...created, ...(isNew ? given : [])].map((option) => `merge_request.${option}`);
  },
};

/** The options of `git push -o` that ask for it; none where the server takes none. No option has a line break. */
export function pushOptions(kind: ForgeKind, wanted: PushedRequest): readonly string[] {
  const options = OPTIONS[kind]?.(wanted) ?? [];
  return options.filter((option) => !/[\r\n\0]/.test(option));
}

/** Whether a server of that kind opens pull requests so. */
export const opensByPush = (kind: ForgeKind): boolean => OPTIONS[kind] !== undefined;
