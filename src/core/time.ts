/** Times as they are compared and kept. */

/** An ISO 8601 time with a zone, to the second and in UTC, so that two compare as texts; empty for anything else. */
export function utcTime(text: string): string {
  const isComplete = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const time = new Date(isComplete ? text : NaN);
  const utc = Number.isNaN(time.getTime()) ? '' : time.toISOString();
  return /^\d{4}-/.test(utc) ? utc.replace(/\.\d+/, '') : '';
}
