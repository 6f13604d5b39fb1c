import { ApiError } from '../api/apiError.ts';

/** Whether a server answered that it has no list of models, which prompts can do without. */
export function hasNoModelList(error: unknown): boolean {
  const status = error instanceof ApiError ? error.details.status : undefined;
  return status === 404 || status === 405 || status === 501;
}
