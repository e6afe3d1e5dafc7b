import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { dialog, enter, FITS, goTo, isLive, NARROW, overflowOf, picture, WIDE } from './support/browser.js';
import { dashboardSuite } from './support/dashboard-suite.js';
import { until } from './support/until.js';

describe('the administration, in a browser', () => {
  const suite = dashboardSuite();

  it('takes a user out with a reason, whose page is then closed to him, and lets him in again', { timeout: 60_000 }, async () => {
    const id = await suite.aUser('otto');
    const admin = await suite.administer(`/users/${id}`);
    const otto = await suite.dashboard.signIn('otto');
    const panel = admin.getByRole('complementary', { name: 'User' });
    await panel.getByTestId('session-row').first().waitFor();
    await picture(admin, 'admin-user');
    await panel.getByRole('button', { name: 'Deactivate' }).click();
    await dialog(admin, 'Deactivate otto').getByLabel('Reason').fill('Left the company');
    await dialog(admin, 'Deactivate otto').getByRole('button', { name: 'Deactivate' }).click();
    await otto.getByLabel('User').waitFor();
    await panel.locator('[data-state=DEACTIVATED]').waitFor();
    await enter(otto, 'otto');
    await otto.getByRole('alert').waitFor();
    expect(await otto.getByTestId('who').count()).toBe(0);
    await panel.getByRole('button', { name: 'Reactivate' }).click();
    await dialog(admin, 'Reactivate otto').getByLabel('Reason').fill('Came back');
    await dialog(admin, 'Reactivate otto').getByRole('button', { name: 'Reactivate' }).click();
    await panel.locator('[data-state=ACTIVE]').waitFor();
    await enter(otto, 'otto');
    await isLive(otto);
    suite.dashboard.forgive((problem) => problem.includes('401'));
  });

  it('L-26: erases what names a person who was taken out, and tells what every part of the platform did', { timeout: 60_000 }, async () => {
    const id = await suite.aUser('emil');
    const admin = await suite.administer(`/users/${id}`);
    const panel = admin.getByRole('complementary', { name: 'User' });
    await panel.getByRole('button', { name: 'Deactivate' }).click();
    await dialog(admin, 'Deactivate emil').getByLabel('Reason').fill('Left the company');
    await dialog(admin, 'Deactivate emil').getByRole('button', { name: 'Deactivate' }).click();
    await panel.getByRole('button', { name: 'Erase personal data' }).click();
    await dialog(admin, 'Erase what names emil').getByLabel('Reason').fill('Request 4711');
    await dialog(admin, 'Erase what names emil').getByRole('button', { name: 'Erase for good' }).click();
    const report = panel.getByRole('region', { name: 'Personal data' });
    await report.getByText('Request 4711').waitFor();
    await report.getByText(/^identity, .*erased/).first().waitFor();
    await report.getByText('Some parts have not answered yet.').waitFor({ state: 'detached' });
    await picture(admin, 'admin-erasure');
    expect(await panel.getByText('emil').count()).toBe(0);
  });

  it('makes a team, puts somebody in and takes him out', { timeout: 60_000 }, async () => {
    await suite.aUser('tilda');
    const admin = await suite.administer('/teams');
    await admin.getByRole('button', { name: 'New team' }).click();
    await dialog(admin, 'New team').getByLabel('Name').fill('Night shift');
    await dialog(admin, 'New team').getByRole('button', { name: 'Create team' }).click();
    const panel = admin.getByRole('complementary', { name: 'Team' });
    await panel.getByText('Nobody yet').waitFor();
    await panel.getByLabel('Add a member').fill('tilda');
    await panel.getByRole('button', { name: 'Add' }).click();
    await panel.getByRole('link', { name: 'tilda' }).waitFor();
    await admin.getByTestId('team-row').filter({ hasText: 'Night shift' }).filter({ hasText: '1' }).waitFor();
    await picture(admin, 'admin-teams');
    await panel.getByRole('button', { name: 'Take tilda out' }).click();
    await panel.getByText('Nobody yet').waitFor();
    expect(await panel.getByRole('link', { name: 'tilda' }).count()).toBe(0);
  });

  it('X-33: explains what somebody may do, and on which row', { timeout: 60_000 }, async () => {
    await suite.aUser('eva');
    const admin = await suite.administer('/explain');
    await admin.getByLabel('User (yourself when empty)').fill('eva');
    await admin.getByLabel('Right').fill('users:delete');
    await admin.getByRole('button', { name: 'Explain' }).click();
    const told = admin.getByTestId('explanation');
    await told.and(admin.locator('[data-verdict=DENIED]')).waitFor();
    await told.getByText('Who could grant it').waitFor();
    await picture(admin, 'admin-explain');
    await admin.getByLabel('Right').fill('calls:start');
    await admin.getByRole('button', { name: 'Explain' }).click();
    await told.and(admin.locator('[data-verdict=ALLOWED]')).waitFor();
    expect(await told.getByText('Who could grant it').count()).toBe(0);
  });

  it('R-122: a role is copied, its change shown before it is saved, and its users may no more at once; the refusal is explained', { timeout: 90_000 }, async () => {
    const admin = await suite.administer('/roles');
    await admin.getByRole('link', { name: 'seller' }).click();
    await admin.getByText('A role of the platform itself').waitFor();
    await admin.getByRole('button', { name: 'Copy to a new role' }).click();
    await admin.getByLabel('Name', { exact: true }).fill('telesales');
    await admin.getByLabel('What for').fill('Sells by telephone');
    await picture(admin, 'admin-role-new');
    await admin.getByRole('button', { name: 'Review' }).click();
    const review = dialog(admin, 'What telesales may do');
    await review.getByTestId('gained').filter({ hasText: 'leads:create' }).waitFor();
    await review.getByRole('button', { name: 'Create role' }).click();
    await admin.getByRole('heading', { name: 'telesales' }).waitFor();

    await suite.aUser('tess', 'telesales');
    const tess = await suite.dashboard.signIn('tess');
    await tess.getByLabel('Client').fill('Grace Hopper');
    await tess.getByLabel('Phone number').fill('+12125550177');

    const leads = admin.getByRole('group', { name: 'Grant on leads' });
    await leads.getByRole('checkbox', { name: 'create' }).uncheck();
    await admin.getByRole('button', { name: 'Review changes' }).click();
    const change = dialog(admin, 'What changes for telesales');
    await change.getByTestId('lost').filter({ hasText: 'leads:create' }).waitFor();
    await change.getByText('One user is touched').waitFor();
    expect(await change.getByTestId('gained').count()).toBe(0);
    await picture(admin, 'admin-role-diff');
    await change.getByRole('button', { name: 'Save' }).click();
    await admin.getByTestId('role-version').nth(1).waitFor();
    await picture(admin, 'admin-role');

    // Her page still shows the form: what it may do is told by who answers it.
    await tess.getByRole('button', { name: 'Create lead' }).click();
    await tess.getByRole('alert').getByRole('link', { name: 'Why?' }).click();
    const told = tess.getByTestId('explanation');
    await told.and(tess.locator('[data-verdict=DENIED]')).getByText('leads:create').first().waitFor();
    await picture(tess, 'explained-refusal');
    suite.dashboard.forgive((problem) => problem.includes('401'));
  });

  it('makes a key for a program, shows it once, rotates and revokes it', { timeout: 60_000 }, async () => {
    const admin = await suite.administer('/keys');
    await admin.getByRole('button', { name: 'New service account' }).click();
    const account = dialog(admin, 'New service account');
    await account.getByLabel('Name').fill('crm-sync');
    await account.getByLabel('Role').selectOption('supervisor');
    await account.getByRole('button', { name: 'Create account' }).click();
    await account.waitFor({ state: 'detached' });
    await admin.getByRole('button', { name: 'New key' }).click();
    const form = dialog(admin, 'New key');
    await form.getByLabel('Name').fill('nightly export');
    await form.getByRole('button', { name: 'Add a line' }).click();
    await form.getByLabel('Resource').selectOption('users');
    await form.getByRole('checkbox', { name: 'read', exact: true }).check();
    await form.getByLabel('Scope').selectOption('CENTER');
    await picture(admin, 'admin-key-new');
    await form.getByRole('button', { name: 'Create key' }).click();
    const first = await dialog(admin, 'The key').getByLabel('API key').inputValue();
    await picture(admin, 'admin-key-shown');
    await admin.keyboard.press('Escape');
    await dialog(admin, 'The key').getByRole('button', { name: 'I have kept it' }).click();
    const usersBy = async (key: string): Promise<number> => (await suite.platform.ask('{ users(first: 1) { nodes { id } } }', {}, key)).status;
    expect(await usersBy(first)).toBe(200);
    expect(await suite.platform.ask('{ leads(first: 1) { nodes { id } } }', {}, first)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });

    const row = admin.getByTestId('key-row').filter({ hasText: 'nightly export' });
    await row.getByRole('button', { name: 'Rotate' }).click();
    await dialog(admin, 'Rotate nightly export').getByRole('button', { name: 'Rotate' }).click();
    const second = await dialog(admin, 'Rotate nightly export').getByLabel('API key').inputValue();
    await dialog(admin, 'Rotate nightly export').getByRole('button', { name: 'I have kept it' }).click();
    expect(second).not.toBe(first);
    expect([await usersBy(first), await usersBy(second)]).toEqual([200, 200]);
    await row.getByRole('button', { name: 'Revoke' }).click();
    await dialog(admin, 'Revoke nightly export').getByRole('button', { name: 'Revoke' }).click();
    await row.waitFor({ state: 'detached' });
    await until(async () => ((await usersBy(second)) === 401 ? true : undefined), 'refusal of the key');
  });

  it('X-27: a right for a while is asked for, given by somebody else, and taken back', { timeout: 60_000 }, async () => {
    const supervisor = await suite.administer('/temporary', 'supervisor');
    await supervisor.getByRole('button', { name: 'Ask for a right' }).click();
    const form = dialog(supervisor, 'Ask for a right');
    await form.getByLabel('Right').fill('remote-sessions:open');
    await form.getByLabel('Why').fill('Slot 6004 shows no picture');
    await form.getByRole('button', { name: 'Ask' }).click();
    await form.waitFor({ state: 'detached' });
    const admin = await suite.administer('/temporary');
    const row = admin.getByTestId('temporary-grant-row').filter({ hasText: 'Slot 6004' });
    await picture(admin, 'admin-temporary-requested');
    await row.getByRole('button', { name: 'Approve' }).click();
    await dialog(admin, 'remote-sessions:open for 60 minutes').getByRole('button', { name: 'Approve' }).click();
    await row.locator('[data-state=APPROVED]').waitFor();
    const asked = await suite.administer('/explain', 'supervisor');
    await asked.getByLabel('Right').fill('remote-sessions:open');
    await asked.getByRole('button', { name: 'Explain' }).click();
    await asked.getByTestId('explanation').and(asked.locator('[data-verdict=ALLOWED]')).getByText('Slot 6004').waitFor();
    const seen = supervisor.getByTestId('temporary-grant-row').filter({ hasText: 'Slot 6004' });
    await seen.locator('[data-state=APPROVED]').waitFor();
    await row.getByRole('button', { name: 'Take back' }).click();
    await dialog(admin, 'Take remote-sessions:open back').getByLabel('Reason').fill('Done');
    await dialog(admin, 'Take remote-sessions:open back').getByRole('button', { name: 'Take back' }).click();
    await seen.locator('[data-state=REVOKED]').waitFor();
    expect(await seen.getByText('ended by Alex Admin').isVisible()).toBe(true);
  });

  it('shows who did what, before and after, proves that nothing is missing, and hands it out', { timeout: 60_000 }, async () => {
    const id = await suite.aUser('alma');
    const admin = await suite.administer(`/users/${id}`);
    await admin.getByRole('button', { name: 'Edit' }).click();
    await dialog(admin, 'Edit alma').getByLabel('Name').fill('Alma Mahler');
    await dialog(admin, 'Edit alma').getByLabel('Role').selectOption('seller');
    await dialog(admin, 'Edit alma').getByRole('button', { name: 'Save' }).click();
    await admin.getByRole('complementary', { name: 'User' }).getByText('seller').waitFor();
    await goTo(admin, 'Audit');
    await admin.getByLabel('Who').fill('admin');
    await admin.getByLabel('Text').fill(id);
    await admin.getByTestId('audit-row').filter({ hasText: 'userUpdate' }).getByRole('button').click();
    const entry = admin.getByRole('complementary', { name: 'Audit entry' });
    await entry.getByRole('row', { name: /role/i }).waitFor();
    await picture(admin, 'admin-audit-entry');

    await admin.getByRole('button', { name: 'Signed head' }).click();
    const head = await dialog(admin, 'Signed head').getByLabel('Head at number').inputValue();
    await dialog(admin, 'Signed head').getByRole('button', { name: 'Close' }).click();
    await admin.getByRole('button', { name: 'Verify' }).click();
    await dialog(admin, 'Verify the chain').getByLabel('A signed head from earlier').fill(head);
    await dialog(admin, 'Verify the chain').getByRole('button', { name: 'Verify' }).click();
    await dialog(admin, 'Verify the chain').locator('[data-testid=verification][data-intact=true]').waitFor();
    await picture(admin, 'admin-audit-verified');
    await dialog(admin, 'Verify the chain').getByRole('button', { name: 'Close' }).click();
    const [download] = await Promise.all([admin.waitForEvent('download', (file) => file.suggestedFilename() === 'audit.jsonl'), admin.getByRole('button', { name: 'Export' }).click()]);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { seq: number });
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every(({ seq }) => seq > 0)).toBe(true);
  });

  it('R-165: a supervisor reads users and roles, and finds no way to change them', { timeout: 60_000 }, async () => {
    const supervisor = await suite.administer('/roles', 'supervisor');
    await supervisor.getByRole('link', { name: 'admin', exact: true }).click();
    await supervisor.getByText('*: *').waitFor();
    expect(await supervisor.getByRole('main').getByRole('button', { name: /copy|rename|delete|review|line/i }).count()).toBe(0);
    await goTo(supervisor, 'Users');
    await supervisor.getByRole('link', { name: 'operator', exact: true }).click();
    await supervisor.getByRole('complementary', { name: 'User' }).getByText('o•••@e•••.com').waitFor();
    expect(await supervisor.getByRole('main').getByRole('button', { name: /new|invite|edit|activate|reset|sign out/i }).count()).toBe(0);
  });

  it('fits a desk and a telephone, on every page', { timeout: 120_000 }, async () => {
    for (const role of ['admin', 'supervisor']) {
      const page = await suite.administer('/users', role);
      const pages = await page.getByRole('navigation', { name: 'Administration' }).getByRole('link').allTextContents();
      for (const name of pages) {
        await page.setViewportSize(WIDE);
        await goTo(page, name);
        await page.locator('main tbody tr, main .card, main .empty').first().waitFor();
        await picture(page, `${role}-${name.toLowerCase().replaceAll(' ', '-')}`);
        expect(await overflowOf(page), `${role}: ${name}`).toEqual(FITS);
        await page.setViewportSize(NARROW);
        await picture(page, `${role}-${name.toLowerCase().replaceAll(' ', '-')}-narrow`);
        expect(await page.getByRole('alert').allTextContents(), `${role}: ${name}`).toEqual([]);
      }
    }
  });
});
