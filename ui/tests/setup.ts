/** What jsdom lacks and every webview has: media queries, modal dialogs, animations, scrolling, sizes. */
import { configure } from '@testing-library/dom';
import { vi } from 'vitest';

globalThis.matchMedia ??= ((media: string) => ({
  media,
  matches: false,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
})) as unknown as typeof matchMedia;

HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false;
};
/** Boxes as large as a window, and told of at once. */
globalThis.ResizeObserver ??= class {
  constructor(readonly tell: ResizeObserverCallback) {}
  observe(target: Element) {
    // A row is as high as what is in it says, or as one line.
    const inner = target.firstElementChild instanceof HTMLElement ? parseFloat(target.firstElementChild.style.height) : NaN;
    const contentRect = { width: 1000, height: !target.hasAttribute('data-testid') && target.getAttribute('role') === 'listitem' ? 46 : target.hasAttribute('data-testid') || Number.isNaN(inner) ? 700 : inner } as DOMRectReadOnly;
    queueMicrotask(() => this.tell([{ target, contentRect } as ResizeObserverEntry], this));
  }
  unobserve() {}
  disconnect() {}
};
Object.defineProperty(Element.prototype, 'clientWidth', { get: () => 1000 });
Object.defineProperty(Element.prototype, 'clientHeight', { get: () => 700 });
Object.defineProperty(HTMLElement.prototype, 'offsetParent', { get(this: HTMLElement) { return this.parentNode; } });
HTMLCanvasElement.prototype.getContext = (() => null) as unknown as HTMLCanvasElement['getContext'];
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.getAnimations ??= () => [];
Element.prototype.animate ??= (() => ({ cancel: vi.fn(), finished: Promise.resolve(), onfinish: null })) as unknown as Element['animate'];

configure({ asyncUtilTimeout: 8_000, getElementError: (message) => new Error(message ?? 'not found') });
