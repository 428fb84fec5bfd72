/** How content is answered at a direct address, and for how long it is. */
export interface Shown {
  readonly contentType: string;
  readonly contentDisposition: string;
  readonly seconds: number;
}

/** Content by its SHA-256 (hex). Writing what is there already is free; what is read is checked against its name. */
export interface Blobs {
  /** Streams the content in; resolves to its digest and size after it is durable. Refuses with `blob/too-large` past `maxBytes`. */
  write(content: AsyncIterable<Uint8Array>, maxBytes?: number): Promise<{ readonly sha256: string; readonly size: number }>;
  /** Null when unknown. `range` is inclusive of start, exclusive of end, in bytes. Fails when the content does not match its digest. */
  read(sha256: string, range?: { readonly start: number; readonly end: number }): Promise<AsyncIterable<Uint8Array> | null>;
  exists(sha256: string): Promise<boolean>;
  /**
   * An address of the store itself, where whoever has it can get the content, whole or a range, without asking us; `shown` is signed into it. Null when the content is unknown, and
   * always where the store hands none out. What comes from there was not checked against its name: that is up to whoever reads it.
   */
  directAddress(sha256: string, shown: Shown): Promise<URL | null>;
  /** Forgets the content, unless it was written, again or for the first time, since `writtenBefore`. Answers whether it is gone; also when it never was there. */
  remove(sha256: string, writtenBefore: Date): Promise<boolean>;
}
