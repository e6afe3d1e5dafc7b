import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { findChromium } from '../../services/chromium.ts';
import { PASSWORD } from './platform.js';
import { ROOT } from './process.js';

const PICTURES = join(ROOT, 'tests/.out');
export const WIDE = { width: 1400, height: 900 };
export const NARROW = { width: 400, height: 800 };

/** The dashboard as people see it: every page is a browser of its own, with its own cookies. */
export interface Dashboard {
  open(path?: string): Promise<Page>;
  signIn(username: string, password?: string): Promise<Page>;
  /** What went wrong in pages so far: their own errors, and what the browser wrote, as of the content security policy. */
  problems(): string[];
  /** Forgets those that a test brought about. */
  forgive(expected: (problem: string) => boolean): void;
  closePages(): Promise<void>;
  close(): Promise<void>;
}

/** `origin` is asked for each time: a platform that was started again may have another one. */
export async function openDashboard(origin: () => string): Promise<Dashboard> {
  mkdirSync(PICTURES, { recursive: true });
  const browser: Browser = await chromium.launch({ ...findChromium(), headless: true });
  let problems: string[] = [];
  async function open(path = '/'): Promise<Page> {
    const context = await browser.newContext({ viewport: WIDE });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`${message.text()} ${message.location().url}`);
    });
    await page.goto(new URL(path, origin()).href);
    return page;
  }
  return {
    open,
    async signIn(username, password = PASSWORD) {
      const page = await open();
      await enter(page, username, password);
      await isLive(page);
      return page;
    },
    problems: () => problems,
    forgive: (expected) => {
      problems = problems.filter((problem) => !expected(problem));
    },
    async closePages() {
      for (const context of browser.contexts()) await context.close();
      problems = [];
    },
    close: () => browser.close(),
  };
}

export async function enter(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('User').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
}

export const picture = (page: Page, name: string): Promise<Buffer> => page.screenshot({ path: join(PICTURES, `${name}.png`) });
export const isLive = (page: Page): Promise<void> => page.locator('[data-testid=live][data-live=open]').waitFor();
export const dialog = (page: Page, name: string): Locator => page.getByRole('dialog', { name });
export const goTo = (page: Page, name: string): Promise<void> => page.getByRole('navigation').getByRole('link', { name, exact: true }).click();

/** How far a page is wider than its window, at each width. */
export async function overflowOf(page: Page): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const viewport of [WIDE, NARROW]) {
    await page.setViewportSize(viewport);
    found[viewport.width] = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }
  return found;
}
export const FITS = { [WIDE.width]: 0, [NARROW.width]: 0 };
