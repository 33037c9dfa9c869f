/**
 * What stands over the page, and over what stands over it: the browser makes all below the uppermost
 * dialog inert, so what is told is told in that.
 */
class Layers {
  #open = $state.raw<readonly symbol[]>([]);

  /** The uppermost dialog; none where the page itself is. */
  get top(): symbol | null {
    return this.#open.at(-1) ?? null;
  }

  /** Notes that a dialog was opened; answers how to note that it is closed. */
  enter(layer: symbol): () => void {
    this.#open = [...this.#open, layer];
    return () => (this.#open = this.#open.filter((other) => other !== layer));
  }
}

export const layers = new Layers();
