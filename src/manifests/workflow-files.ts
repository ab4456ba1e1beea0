/** Workflows of GitHub, Gitea and Forgejo, which most tokens may not change: they are named, or left. */

const FOLDERS = String.raw`\.(?:github|gitea|forgejo)`;
const WORKFLOW = new RegExp(String.raw`^${FOLDERS}/workflows/`);
/** A pathspec that begins in one of these folders, and excludes nothing. */
const NAMED = new RegExp(String.raw`^(?::\((?![^)]*exclude)[^)]*\)|:/)?(?:\./|/)?${FOLDERS}(?:/|$)`);

/** Why a workflow is left, as the end of a sentence. */
export const WORKFLOW_REASON = 'is in a workflow, which most tokens may not change (name it in the input "paths")';

/** Whether a file is a workflow of a forge, by its path. */
export const isWorkflow = (path: string): boolean => WORKFLOW.test(path);

/** Whether pathspecs name workflows; the whole repository does not. */
export const namesWorkflows = (paths: readonly string[]): boolean => paths.some((path) => NAMED.test(path));
