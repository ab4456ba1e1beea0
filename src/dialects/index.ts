import { argoParameters } from './argo-parameters.ts';
import { argument } from './argument.ts';
import type { Dialect } from './dialect.ts';
import { helmValues } from './helm-values.ts';
import { kustomize } from './kustomize.ts';
import { wholeReference } from './whole-reference.ts';

/** The dialects, the most particular first: a scalar belongs to the first that knows it. */
export const dialects: readonly Dialect[] = [kustomize, helmValues, argoParameters, wholeReference, argument];
