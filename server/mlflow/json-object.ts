import { mayBeUnkeepable, requireKeepable, tooDeep } from '../http/keepable.ts';
import { parseJson } from './json.ts';
import { invalid } from './problem.ts';

/** The object a request's JSON says; refused in MLflow's words where it says something else. */
export function objectIn(json: string): Readonly<Record<string, unknown>> {
  const text = json.trim();
  if (text === '') return {};
  const body = parsed(text);
  if (mayBeUnkeepable(text)) requireKeepable(body);
  // Old clients send the JSON of a JSON text.
  const once = typeof body === 'string' ? parsed(body) : body;
  if (typeof once !== 'object' || once === null || Array.isArray(once)) throw invalid('The request body must be a JSON object.');
  return once as Record<string, unknown>;
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    // Numbers that JSON.parse would round are read by a parser that calls itself.
    throw tooDeep(error) ?? invalid(`The request body is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
