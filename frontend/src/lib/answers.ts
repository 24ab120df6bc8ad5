/** Answers of the CMS that are kept to be asked for again by their ETag. */

export interface Answer {
  etag: string;
  data: unknown;
  /** Length of the answer's text. */
  size: number;
  /** When the CMS last said that it holds, in milliseconds. */
  confirmedAt: number;
}

/** A bounded number of bytes; what was not used for longest goes first. */
export class Answers {
  readonly #limit: number;
  readonly #kept = new Map<string, Answer>();
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): Answer | undefined {
    const found = this.#kept.get(key);
    if (!found) return undefined;
    // A map is in the order of insertion: this one is now the youngest.
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found;
  }

  set(key: string, answer: Answer): void {
    this.delete(key);
    if (answer.size > this.#limit / 4) return;
    this.#kept.set(key, answer);
    this.#size += answer.size;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#limit) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#size -= this.#kept.get(key)?.size ?? 0;
    this.#kept.delete(key);
  }
}
