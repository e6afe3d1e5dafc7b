import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../services/chromium.ts';
import { PASSWORD, removePlatform, startPlatform, type Platform } from './support/platform.js';
import { ROOT } from './support/process.js';
import { LeadCreateDocument } from '@vss/sdk';

const PICTURES = join(ROOT, 'tests/.out');

describe('the dashboard, in a browser', () => {
  let platform: Platform;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    platform = await startPlatform();
    browser = await chromium.launch({ ...findChromium(), headless: true });
  });
  afterAll(async () => {
    await browser.close();
    await removePlatform(platform);
  });

  async function signIn(username: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(platform.origin);
    await page.getByLabel('User').fill(username);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByTestId('who').waitFor();
    return page;
  }
  const picture = (page: Page, name: string): Promise<Buffer> => page.screenshot({ path: join(PICTURES, `${name}.png`) });

  it('R-173, R-176, R-179: an operator calls and the supervisor watches it, neither reloads', { timeout: 90_000 }, async () => {
    const seller = await platform.as('seller');
    await seller.request(LeadCreateDocument, { input: { clientName: 'Grace Hopper', phone: '+12125550100' } });
    const supervisor = await signIn('supervisor');
    await supervisor.getByRole('button', { name: 'Calls' }).click();
    const operator = await signIn('operator');

    await operator.locator('.tile[data-availability=FREE]:has([data-state=READY])').first().click();
    await operator.getByLabel('Phone number').fill('+12125550100');
    await operator.getByRole('button', { name: 'Call', exact: true }).click();
    const call = operator.getByTestId('call');
    await call.waitFor();
    await operator.locator('[data-testid=call][data-status=ANSWERED]').waitFor({ timeout: 30_000 });
    const watched = supervisor.locator('[data-testid=call-row][data-status=ANSWERED]').first();
    await watched.waitFor();
    expect(await watched.textContent()).toContain('+12125550100');
    await supervisor.getByText('Grace Hopper').waitFor();
    await picture(supervisor, 'supervisor-calls');

    await operator.getByLabel('Note').fill('Wants an offer by Friday');
    await operator.getByRole('button', { name: 'Save note' }).click();
    await operator.getByText('Saved').waitFor();
    await picture(operator, 'operator-call');
    await operator.getByRole('button', { name: 'Hang up' }).click();
    await operator.locator('[data-testid=call][data-status=ENDED]').waitFor();
    await supervisor.locator('[data-testid=call-row][data-status=ENDED]').first().waitFor();

    await supervisor.getByRole('button', { name: 'Overview' }).click();
    await supervisor.getByText('Calls today').waitFor();
    await picture(supervisor, 'supervisor-overview');
    await supervisor.getByRole('button', { name: 'Slots' }).click();
    await supervisor.locator('.tile').nth(29).waitFor();
    expect(await supervisor.getByText('SIMULATED').count()).toBeGreaterThan(0);
    await picture(supervisor, 'supervisor-slots');

    const sellersPage = await signIn('seller');
    await sellersPage.getByRole('button', { name: 'Grace Hopper' }).click();
    await sellersPage.getByText('Wants an offer by Friday').waitFor();
    expect(await sellersPage.getByRole('button', { name: 'Slots' }).count()).toBe(0);
    await picture(sellersPage, 'seller-lead');
  });

  it('R-185: an administrator creates a trunk and its slots appear with their numbers', { timeout: 60_000 }, async () => {
    const admin = await signIn('admin');
    await admin.getByRole('button', { name: 'Trunks' }).click();
    await admin.getByLabel('Name').fill('Hub of the browser');
    await admin.getByLabel('Slots').fill('3');
    await admin.getByRole('button', { name: 'Create trunk' }).click();
    const trunk = admin.getByTestId('trunk').filter({ hasText: 'Hub of the browser' });
    await trunk.waitFor();
    expect(await trunk.locator('.numbers > span').count()).toBe(3);
    expect(await trunk.textContent()).toMatch(/6\d{3}/);
    await picture(admin, 'admin-trunks');
  });

  it('signs out, and a wrong password is refused in words', { timeout: 60_000 }, async () => {
    const page = await signIn('operator');
    await page.reload();
    await page.getByTestId('who').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('User').fill('operator');
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await page.reload();
    await page.getByLabel('User').waitFor();
  });
});
