import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { UserCreateDocument } from '@vss/sdk';
import { isLive, openDashboard, type Dashboard } from './browser.js';
import { PASSWORD, removePlatform, startPlatform, type Platform } from './platform.js';

export interface DashboardSuite {
  platform: Platform;
  readonly dashboard: Dashboard;
  /** A user of the test's own; answers his id. */
  aUser(username: string, role?: string): Promise<string>;
  /** A page of the administration, for who is signed in on it. */
  administer(path: string, username?: string): Promise<Page>;
}

/** A platform and a browser for the tests of a file. What goes wrong in a page fails the test that opened it. */
export function dashboardSuite(settings: () => Promise<Record<string, string>> = async () => ({})): DashboardSuite {
  let platform: Platform;
  let dashboard: Dashboard;
  beforeAll(async () => {
    [platform, dashboard] = await Promise.all([settings().then(startPlatform), openDashboard(() => platform.origin)]);
  });
  afterAll(async () => {
    await dashboard.close();
    await removePlatform(platform);
  });
  // Also what the content security policy refuses is an error in the console.
  afterEach(async () => {
    const seen = dashboard.problems();
    await dashboard.closePages();
    expect(seen).toEqual([]);
  });
  return {
    get platform() {
      return platform;
    },
    set platform(started) {
      platform = started;
    },
    get dashboard() {
      return dashboard;
    },
    async aUser(username, role = 'operator') {
      const admin = await platform.as('admin');
      const { userCreate } = await admin.request(UserCreateDocument, { input: { username, role, email: `${username}@example.org`, password: PASSWORD } });
      expect(userCreate.userErrors).toEqual([]);
      return userCreate.user?.id ?? '';
    },
    async administer(path, username = 'admin') {
      const page = await dashboard.signIn(username);
      await page.goto(new URL(path, platform.origin).href);
      await isLive(page);
      return page;
    },
  };
}
