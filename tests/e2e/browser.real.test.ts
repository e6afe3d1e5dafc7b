import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { CallStartDocument } from '@vss/sdk';
import { enter, FITS, goTo, isLive, overflowOf, picture } from './support/browser.js';
import { dashboardSuite } from './support/dashboard-suite.js';
import { startPlatform } from './support/platform.js';

const ANSWERING = '+12125550100';
/** What the browser itself writes to the console while nobody listens at the platform's port. */
const UNREACHABLE = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection to/;

describe('the dashboard, in a browser', () => {
  const suite = dashboardSuite();

  it('R-173, R-176, R-179: an operator calls, seller and supervisor watch it, nobody reloads', { timeout: 60_000 }, async () => {
    const seller = await suite.dashboard.signIn('seller');
    await createLead(seller);
    const supervisor = await suite.dashboard.open();
    const subscriptions = countSubscriptions(supervisor);
    await enter(supervisor, 'supervisor');
    await isLive(supervisor);
    await goTo(supervisor, 'Calls');
    const operator = await suite.dashboard.signIn('operator');

    await operator.locator('.tile[data-availability=FREE]:has([data-state=READY])').first().click();
    // The number has the focus: who has chosen a slot goes on by keyboard.
    await operator.keyboard.type(ANSWERING);
    // A slot that only just came up may be taken back for a moment.
    await operator.locator('button:enabled', { hasText: /^Call$/ }).waitFor();
    await operator.keyboard.press('Enter');
    const call = operator.getByTestId('call');
    await call.waitFor();
    const callId = (await call.getAttribute('data-call')) ?? '';
    const watched = supervisor.locator(`[data-testid=call-row][data-call=${callId}]`);
    const statuses = await statusesOf(supervisor, callId);
    await status(call, 'ANSWERED').waitFor();
    await status(watched, 'ANSWERED').waitFor();
    expect(await watched.textContent()).toContain(ANSWERING);
    await watched.getByText('Grace Hopper').waitFor();
    await seller.getByText('answered', { exact: false }).first().waitFor();
    await picture(supervisor, 'supervisor-calls');

    await operator.getByLabel('Note').fill('Wants an offer by Friday');
    await operator.getByRole('button', { name: 'Save note' }).click();
    await operator.getByText('Saved').waitFor();
    await call.getByText('Wants an offer by Friday').waitFor();
    await picture(operator, 'operator-call');
    // A call that goes on is found again after a reload.
    await operator.reload();
    await status(call, 'ANSWERED').waitFor();
    await operator.getByRole('button', { name: 'Hang up' }).click();
    await status(call, 'ENDED').waitFor();
    await status(watched, 'ENDED').waitFor();
    expect(await statuses()).toEqual(expect.arrayContaining(['RINGING', 'ANSWERED', 'ENDED']));
    expect(subscriptions()).toEqual({ CallChanges: 1 });

    await seller.getByText('Wants an offer by Friday').waitFor();
    expect(await seller.getByRole('link', { name: 'Slots' }).count()).toBe(0);
    await picture(seller, 'seller-lead');

    await goTo(supervisor, 'Overview');
    await supervisor.locator('.figures li', { hasText: 'Answered today' }).locator('strong', { hasText: /^1$/ }).waitFor();
    await supervisor.getByTestId('operators').getByRole('row', { name: 'Olga Operator 0 1 1' }).waitFor();
    await supervisor.locator('.chart canvas').waitFor();
    await picture(supervisor, 'supervisor-overview');
    await goTo(supervisor, 'Slots');
    await supervisor.locator('.tile').nth(29).waitFor();
    await supervisor.locator('.tile', { hasText: 'SIMULATED' }).nth(29).waitFor();
    await picture(supervisor, 'supervisor-slots');
  });

  it('says in words why a call was not started', { timeout: 30_000 }, async () => {
    const operator = await suite.dashboard.signIn('operator');
    await operator.getByLabel('Phone number').fill('+999999999');
    await operator.getByRole('button', { name: 'Call', exact: true }).click();
    await operator.getByRole('alert').waitFor();
    expect((await operator.getByRole('alert').textContent())?.length).toBeGreaterThan(10);
    expect(await operator.getByTestId('call').count()).toBe(0);
  });

  it('R-185: an administrator creates a trunk, and its slots appear with their numbers and become ready', { timeout: 30_000 }, async () => {
    const admin = await suite.dashboard.signIn('admin');
    await goTo(admin, 'Trunks');
    await admin.getByLabel('Name').fill('Hub of the browser');
    await admin.getByRole('spinbutton', { name: 'Slots' }).fill('3');
    await admin.getByRole('button', { name: 'Create trunk' }).click();
    const trunk = admin.getByTestId('trunk').filter({ hasText: 'Hub of the browser' });
    await trunk.locator('.numbers > li').nth(2).waitFor();
    expect(await trunk.textContent()).toMatch(/6\d{3}/);
    await trunk.locator('[data-state=READY]').nth(2).waitFor();
    await picture(admin, 'admin-trunks');
  });

  it('fits a desk and a telephone, on every page of every role', { timeout: 60_000 }, async () => {
    for (const role of ['admin', 'operator', 'seller', 'supervisor']) {
      const page = await suite.dashboard.signIn(role);
      for (const name of await page.getByRole('navigation').getByRole('link').allTextContents()) {
        await goTo(page, name);
        await page.locator('main table, main .tile, main .figures, main .card').first().waitFor();
        expect(await overflowOf(page), `${role}: ${name}`).toEqual(FITS);
      }
      await picture(page, `${role}-narrow`);
    }
  });

  it('goes on by itself when the platform was killed and started again', { timeout: 60_000 }, async () => {
    const supervisor = await suite.dashboard.signIn('supervisor');
    await goTo(supervisor, 'Calls');
    await supervisor.evaluate(() => document.body.setAttribute('data-loaded', 'once'));
    const { dataDir, origin } = suite.platform;
    await suite.platform.kill();
    await supervisor.locator('[data-testid=live][data-live=waiting]').waitFor();
    suite.platform = await startPlatform({ VSS_DATA_DIR: dataDir, VSS_PORT: new URL(origin).port });
    await isLive(supervisor);
    const operator = await suite.platform.as('operator');
    const { callStart } = await operator.request(CallStartDocument, { input: { slotSelector: {}, phoneNumber: ANSWERING } });
    await status(supervisor.locator(`[data-call=${callStart.call?.id}]`), 'ANSWERED').waitFor();
    expect(await supervisor.locator('body').getAttribute('data-loaded')).toBe('once');
    suite.dashboard.forgive((problem) => UNREACHABLE.test(problem));
  });

  it('renews a refused token by itself, stays signed in over a reload, and forgets all at sign-out', { timeout: 30_000 }, async () => {
    const page = await suite.dashboard.open();
    await enter(page, 'operator', 'not the password');
    await page.getByRole('alert').waitFor();
    await enter(page, 'operator');
    await isLive(page);

    await page.context().route('**/graphql', (route) => (route.request().postData()?.includes('query Overview') ? route.fulfill({ status: 401, body: '{}' }) : route.continue()), { times: 1 });
    await goTo(page, 'Overview');
    await page.getByText('Calls today').waitFor();
    await page.reload();
    await page.getByText('Calls today').waitFor();

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('User').waitFor();
    expect(await page.context().cookies()).toEqual([]);
    await page.reload();
    await page.getByLabel('User').waitFor();
    suite.dashboard.forgive((problem) => problem.includes('401'));
  });

  async function createLead(seller: Page): Promise<void> {
    await seller.getByLabel('Client').fill('Grace Hopper');
    await seller.getByLabel('Phone number').fill('12');
    await seller.keyboard.press('Enter');
    await seller.getByRole('alert').waitFor();
    await seller.getByLabel('Phone number').fill(ANSWERING);
    await seller.keyboard.press('Enter');
    const panel = seller.getByRole('complementary', { name: 'Lead' });
    await panel.getByText('Grace Hopper').waitFor();
    await panel.getByLabel('Status').selectOption('CONTACTED');
    await seller.getByTestId('lead-row').filter({ hasText: 'Grace Hopper' }).filter({ hasText: 'contacted' }).waitFor();
  }
});

const status = (call: Locator, value: string): Locator => call.and(call.page().locator(`[data-status=${value}]`));

/** Every state that a page showed of one call, from now on. */
async function statusesOf(page: Page, callId: string): Promise<() => Promise<string[]>> {
  await page.evaluate((id) => {
    const seen: string[] = [];
    const look = (): void => {
      const shown = document.querySelector(`[data-testid=call-row][data-call="${id}"]`)?.getAttribute('data-status');
      if (shown && seen.at(-1) !== shown) seen.push(shown);
      document.body.dataset['seen'] = seen.join();
    };
    look();
    new MutationObserver(look).observe(document.querySelector('main') ?? document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-status'] });
  }, callId);
  return async () => (await page.locator('body').getAttribute('data-seen'))?.split(',') ?? [];
}

/** How often each subscription was opened by the page, from now on. */
function countSubscriptions(page: Page): () => Record<string, number> {
  const counts: Record<string, number> = {};
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const name = /subscription (\w+)/.exec(String(payload))?.[1];
      if (name) counts[name] = (counts[name] ?? 0) + 1;
    }),
  );
  return () => counts;
}
