import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CallStartDocument } from '@vss/sdk';
import { findChromium } from '../services/chromium.ts';
import { PASSWORD, removePlatform, startPlatform, type Platform } from './support/platform.js';
import { ROOT } from './support/process.js';

const PICTURES = join(ROOT, 'tests/.out');

let platform: Platform;
let browser: Browser;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [platform, browser] = await Promise.all([startPlatform(), chromium.launch({ ...findChromium(), headless: true })]);
});
afterAll(async () => {
  await browser.close();
  await removePlatform(platform);
});

/** Writes an operation into the editor and runs it, as one would by hand. */
async function run(page: Page, operation: string): Promise<void> {
  await page.locator('.graphiql-query-editor .CodeMirror').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(operation);
  await page.keyboard.press('Control+Enter');
}
const response = (page: Page) => page.locator('.result-window');

it('GraphiQL is signed in as the dashboard is, shows the schema, and follows subscriptions', { timeout: 90_000 }, async () => {
  const problems: string[] = [];
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  context.on('weberror', (error) => problems.push(error.error().message));
  // Also what the content security policy refuses is an error in the console.
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${message.text()} ${message.location().url}`);
  });
  const graphiql = await context.newPage();
  await graphiql.goto(`${platform.origin}/graphiql`);
  await graphiql.getByRole('link', { name: 'sign in' }).waitFor();
  await run(graphiql, '{ me { username } }');
  await response(graphiql).getByText('UNAUTHENTICATED').waitFor();

  const [dashboard] = await Promise.all([context.waitForEvent('page'), graphiql.getByRole('link', { name: 'sign in' }).click()]);
  await dashboard.getByLabel('User').fill('supervisor');
  await dashboard.getByLabel('Password').fill(PASSWORD);
  await dashboard.keyboard.press('Enter');
  await dashboard.locator('[data-testid=live][data-live=open]').waitFor();

  await graphiql.bringToFront();
  await graphiql.evaluate(() => globalThis.dispatchEvent(new Event('focus')));
  await graphiql.getByText('VSS – supervisor').waitFor();
  await run(graphiql, '{ me { username } }');
  await response(graphiql).getByText('supervisor').waitFor();

  await run(graphiql, 'subscription { callUpdated { call { status } } }');
  await graphiql.locator('.graphiql-spinner').waitFor();
  await graphiql.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await graphiql.getByRole('link', { name: 'Subscription' }).first().click();
  await graphiql.getByRole('link', { name: 'slotUpdated' }).first().waitFor();
  await graphiql.getByRole('button', { name: 'Open settings dialog' }).click();
  await graphiql.keyboard.press('Escape');
  const operator = await platform.as('operator');
  await operator.request(CallStartDocument, { input: { slotSelector: {}, phoneNumber: '+12125550100' } });
  await response(graphiql).getByText('ANSWERED').waitFor();
  await graphiql.screenshot({ path: join(PICTURES, 'graphiql.png') });
  expect(problems).toEqual([]);
});
