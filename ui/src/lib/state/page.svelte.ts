/** What is on the page: a screen, and what stands over it. */
import * as api from '../api';
import { toHeading } from '../focus';
import type { Over, Screen } from '../screens';
import type { ItemId, ProfileId } from '../types';
import { feed } from './feed.svelte';
import { session } from './session.svelte';
import { toast } from './toast.svelte';

class Page {
  screen = $state<Screen>('for_you');
  over = $state<Over>(null);

  /** Leaves the welcome for the first picks, or for the list where there is nothing to pick from. */
  async begin(profile: ProfileId): Promise<void> {
    await Promise.all([session.count(), session.switchTo(profile)]);
    this.screen = session.status?.items && session.who?.entries === 0 ? 'picks' : 'for_you';
    session.phase = 'ready';
    void toHeading();
  }

  /** Goes to a screen; coming back to the list is the next visit, on which it may move. The focus goes to its heading. */
  go(screen: Screen): void {
    const back = screen === 'for_you' && this.screen !== 'for_you';
    const other = screen !== this.screen;
    this.screen = screen;
    if (other) void toHeading();
    if (back) void feed.refresh();
    if (screen === 'settings') session.count().catch((cause: unknown) => toast.complain(cause));
  }

  /** Lays something over the page. */
  lay(over: Over): void {
    this.over = over;
  }

  /** Lays over the page what speaks for an item that may be in no list that is here. */
  async why(item: ItemId): Promise<void> {
    if (session.profile === null) return;
    try {
      const { ranked } = await api.explain(session.profile, item);
      this.lay({ what: 'why', ranked });
    } catch (cause) {
      toast.complain(cause);
    }
  }

  /** Takes away what stands over the page. */
  close(): void {
    this.over = null;
  }
}

export const page = new Page();
session.whenRestored(() => page.close());
// Nothing stands over the welcome.
session.whenSwitched({ leave: () => session.profile === null && page.close() });
