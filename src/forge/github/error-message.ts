/** What GitHub says when it refuses, and which setting is meant. */

/** GitHub's message with the details that it lists beside it. */
export function reasonOf(error: unknown): string {
  const {
    message,
    response,
    errors: graphql,
  } = error as {
    message?: string;
    response?: { data?: unknown };
    errors?: readonly { message?: string }[];
  };
  if (Array.isArray(graphql)) return graphql.map((one: { message?: string }) => one.message ?? '').join('; ');
  const { message: told, errors } = (response?.data ?? {}) as { message?: string; errors?: unknown };
  const details = Array.isArray(errors) ? errors.map(detailOf) : [];
  return [told ?? message ?? String(error), ...details].join('; ');
}

function detailOf(detail: string | { message?: string; field?: string; code?: string }): string {
  if (typeof detail === 'string') return detail;
  return detail.message ?? [detail.field, detail.code].filter(Boolean).join(' ');
}

const SETTINGS: readonly { readonly reason: RegExp; readonly setting: string }[] = [
  { reason: /auto.?merge is not allowed/i, setting: 'Allow auto-merge' },
  { reason: /squash merg.* not allowed/i, setting: 'Allow squash merging' },
  { reason: /rebase merg.* not allowed/i, setting: 'Allow rebase merging' },
  { reason: /merge commits? .*not allowed/i, setting: 'Allow merge commits' },
];

/** The reason, with the setting of the repository that would lift it. */
export function settingFor(reason: string): string {
  const found = SETTINGS.find((one) => one.reason.test(reason));
  return found ? `${reason} (Settings → General → Pull Requests → “${found.setting}”)` : reason;
}
