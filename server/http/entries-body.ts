import type { IncomingMessage } from 'node:http';
import { badInput } from '../../domain/refusal.ts';
import { readBody } from './body.ts';

const NDJSON = /^application\/(?:x-ndjson|ndjson|jsonl|x-jsonlines)(?:\s*;|\s*$)/i;
const JSON_TYPE = /^application\/json(?:\s*;|\s*$)/i;

/** The entries of a body: the elements of a JSON array, or one of each line of NDJSON. Nothing in them is checked yet. */
export async function readEntries(request: IncomingMessage, maxBytes: number): Promise<unknown[]> {
  const type = request.headers['content-type'] ?? '';
  if (!JSON_TYPE.test(type) && !NDJSON.test(type)) throw badInput('http/content-type', 'Send application/x-ndjson with one entry a line, or application/json with an array of entries.');
  const text = (await readBody(request, maxBytes)).toString('utf8');
  return NDJSON.test(type) ? ndjson(text) : array(text);
}

function array(text: string): unknown[] {
  const body = parse(text, 'The request body is not JSON.');
  if (!Array.isArray(body)) throw badInput('http/no-array', 'Send a JSON array of entries, or NDJSON with one entry a line.');
  return body;
}

const ndjson = (text: string): unknown[] => text.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : [parse(line, `Line ${at + 1} of the request body is not JSON.`)]));

function parse(text: string, problem: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badInput('http/malformed-json', problem);
  }
}
