import { Refusal } from '../../domain/refusal.ts';

/** MLflow's error codes and their HTTP statuses. Source: mlflow/exceptions.py. */
const STATUS = {
  INVALID_PARAMETER_VALUE: 400,
  BAD_REQUEST: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  RESOURCE_DOES_NOT_EXIST: 404,
  ENDPOINT_NOT_FOUND: 404,
  REQUEST_LIMIT_EXCEEDED: 429,
  INTERNAL_ERROR: 500,
  INVALID_STATE: 500,
  NOT_IMPLEMENTED: 501,
  TEMPORARILY_UNAVAILABLE: 503,
} as const;

export type ProblemCode = keyof typeof STATUS;

/** A request refused in MLflow's own form: `{error_code, message}`. */
export class MlflowProblem extends Error {
  override readonly name = 'MlflowProblem';
  readonly code: ProblemCode;
  readonly status: number;
  constructor(code: ProblemCode, message: string, status: number = STATUS[code]) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const invalid = (message: string): MlflowProblem => new MlflowProblem('INVALID_PARAMETER_VALUE', message);
export const unknown = (message: string): MlflowProblem => new MlflowProblem('RESOURCE_DOES_NOT_EXIST', message);

const FAMILY: Readonly<Record<Refusal['family'], ProblemCode>> = {
  unauthenticated: 'UNAUTHENTICATED',
  forbidden: 'PERMISSION_DENIED',
  'not-found': 'RESOURCE_DOES_NOT_EXIST',
  'bad-input': 'INVALID_PARAMETER_VALUE',
  conflict: 'RESOURCE_ALREADY_EXISTS',
  'rate-limited': 'REQUEST_LIMIT_EXCEEDED',
};

/** Refusals that MLflow answers with another code than their family's. */
const EXCEPTIONS: Readonly<Record<string, MlflowProblem['code']>> = {
  'experiment/not-active': 'INVALID_STATE',
  'model/unknown-alias': 'INVALID_PARAMETER_VALUE',
};

/** The same "no" in MLflow's words; null for what is no refusal but a fault of ours. */
export function asProblem(error: unknown): MlflowProblem | null {
  if (error instanceof MlflowProblem) return error;
  if (!(error instanceof Refusal)) return null;
  if (error.code === 'http/body-too-large' || error.code === 'blob/too-large') return new MlflowProblem('INVALID_PARAMETER_VALUE', error.message, 413);
  return new MlflowProblem(EXCEPTIONS[error.code] ?? FAMILY[error.family], error.message);
}
