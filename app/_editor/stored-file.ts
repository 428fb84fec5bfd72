/** A file that the server keeps. */
export interface StoredFile { readonly src: string; readonly name: string; readonly size: number; readonly type: string }

export type Upload = (file: Blob, name: string, onProgress: (share: number) => void) => Promise<StoredFile>;

export const MOST_BYTES = 50 * 1024 * 1024;

/** Sends a file to an address, saying how far it is; rejects with a sentence that says what to do. */
export const uploadTo = (address: string): Upload => (file, name, onProgress) => new Promise((resolve, reject) => {
  if (file.size > MOST_BYTES) { reject(new Error('It is larger than 50 MB. Log it as an artifact of a run and mention the run.')); return; }
  const request = new XMLHttpRequest();
  request.open('POST', `${address}?name=${encodeURIComponent(name)}`);
  request.setRequestHeader('content-type', file.type || 'application/octet-stream');
  request.responseType = 'text';
  request.upload.addEventListener('progress', ({ loaded, total }) => { if (total > 0) onProgress(loaded / total); });
  request.addEventListener('error', () => reject(new Error('The server did not answer. Try again when you are connected.')));
  request.addEventListener('load', () => {
    try {
      const answer = JSON.parse(request.responseText) as Partial<StoredFile> & { readonly message?: unknown };
      if (request.status === 201 && typeof answer.src === 'string') resolve({ src: answer.src, name: answer.name ?? name, size: answer.size ?? file.size, type: answer.type ?? file.type });
      else reject(new Error(typeof answer.message === 'string' ? answer.message : `The server refused it (${request.status}).`));
    } catch {
      reject(new Error(`The server refused it (${request.status}).`));
    }
  });
  request.send(file);
});

const PICTURES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

/** The node that shows it: a picture where a browser can draw it without running anything in it, a file otherwise. */
export const nodeOf = ({ src, name, size, type }: StoredFile): { type: string; attrs: Record<string, unknown> } => (
  PICTURES.has(type.split(';')[0]?.trim() ?? '') ? { type: 'image', attrs: { src, alt: null, title: null } } : { type: 'attachment', attrs: { src, name, size } }
);
