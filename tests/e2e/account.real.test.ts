import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { startProvider, type TestProvider } from '../../subgraphs/identity/src/oidc/provider.fixture.js';
import { dialog, enter, isLive, picture } from './support/browser.js';
import { dashboardSuite } from './support/dashboard-suite.js';
import { PASSWORD } from './support/platform.js';

const OWN_PASSWORD = 'a horse that nobody else has';
const STEP_MS = 30_000;

describe('signing in and one’s own account, in a browser', () => {
  let provider: TestProvider;
  let folder: string;
  const suite = dashboardSuite(async () => {
    // The provider sends people back to an address that it knows beforehand.
    const port = await freePort();
    provider = await startProvider(`http://127.0.0.1:${port}/sign-in/callback`);
    folder = await mkdtemp(join(tmpdir(), 'vss-oidc-'));
    const file = join(folder, 'providers.json');
    await writeFile(file, JSON.stringify({ providers: [provider.settings('example', { name: 'Example SSO', link: 'VERIFIED_EMAIL' })] }));
    return { VSS_OIDC_FILE: file, VSS_PORT: String(port) };
  });
  afterAll(() => Promise.all([provider.stop(), rm(folder, { recursive: true })]));

  it('R-145: an administrator makes a user, who chooses a password of his own before he is in', { timeout: 60_000 }, async () => {
    const admin = await suite.administer('/users');
    await admin.getByRole('button', { name: 'New user' }).click();
    const form = dialog(admin, 'New user');
    await form.getByLabel('User name').fill('nina');
    await form.getByLabel('E-mail').fill('nina@example.org');
    await form.getByLabel('Role').selectOption('seller');
    await form.getByLabel('First password').fill('secure123!');
    await form.getByRole('button', { name: 'Create user' }).click();
    await form.getByRole('alert').waitFor();
    await form.getByLabel('First password').fill(PASSWORD);
    await form.getByRole('button', { name: 'Create user' }).click();
    await form.waitFor({ state: 'detached' });
    await admin.getByRole('link', { name: 'nina' }).click();
    await admin.getByRole('complementary', { name: 'User' }).getByText('to be changed at the next sign-in').waitFor();

    const nina = await suite.dashboard.open();
    await enter(nina, 'nina');
    await nina.getByLabel('New password', { exact: true }).fill(OWN_PASSWORD);
    await nina.getByLabel('New password again').fill(`${OWN_PASSWORD}!`);
    await nina.getByRole('button', { name: 'Set password and sign in' }).click();
    await nina.getByText('The two passwords are not the same').waitFor();
    await picture(nina, 'forced-password');
    await nina.getByLabel('New password again').fill(OWN_PASSWORD);
    await nina.getByRole('button', { name: 'Set password and sign in' }).click();
    await isLive(nina);
    expect(await nina.getByRole('button', { name: 'Create lead' }).isVisible()).toBe(true);
  });

  it('invites somebody by a link that works once, and resets a lost password by another', { timeout: 60_000 }, async () => {
    const admin = await suite.administer('/users');
    await admin.getByRole('button', { name: 'Invite' }).click();
    const form = dialog(admin, 'Invite somebody');
    await form.getByLabel('User name').fill('ivo');
    await form.getByLabel('E-mail').fill('ivo@example.org');
    await form.getByLabel('Role').selectOption('operator');
    await form.getByRole('button', { name: 'Make the link' }).click();
    const link = await form.getByLabel('Invitation link').inputValue();
    await picture(admin, 'admin-invitation');
    await form.getByRole('button', { name: 'Done' }).click();
    await admin.getByTestId('invitation-row').filter({ hasText: 'ivo' }).waitFor();

    const ivo = await suite.dashboard.open(link);
    await ivo.getByText('ivo', { exact: true }).waitFor();
    await picture(ivo, 'invitation');
    await choosePassword(ivo, OWN_PASSWORD);
    await isLive(ivo);
    expect(new URL(ivo.url()).hash).toBe('');
    const late = await suite.dashboard.open(link);
    await late.getByText('This link opens nothing').waitFor();

    await admin.getByRole('link', { name: 'ivo' }).click();
    const panel = admin.getByRole('complementary', { name: 'User' });
    await panel.getByRole('button', { name: 'Reset password' }).click();
    await dialog(admin, 'A link for ivo').getByRole('button', { name: 'Make the link' }).click();
    const reset = await suite.dashboard.open(await dialog(admin, 'A link for ivo').getByLabel('Link to choose a password').inputValue());
    await choosePassword(reset, `${OWN_PASSWORD} twice`);
    await isLive(reset);
    // The sessions of before are over.
    await ivo.getByLabel('User').waitFor();
    suite.dashboard.forgive((problem) => problem.includes('401'));
  });

  it('X-32: a second factor is set up by its code, asked for at sign-in, and taken away by an administrator', { timeout: 90_000 }, async () => {
    const id = await suite.aUser('faye');
    const faye = await suite.dashboard.signIn('faye');
    await faye.getByTestId('who').click();
    await faye.getByRole('button', { name: 'Set up' }).click();
    const setup = dialog(faye, 'Set up a second factor');
    await setup.getByLabel('Your password, once more').fill(PASSWORD);
    await setup.getByRole('button', { name: 'Go on' }).click();
    const secret = await setup.getByLabel('Or type this secret').inputValue();
    await setup.getByRole('img').waitFor();
    await picture(faye, 'second-factor');
    const codeAt = (at: number): string => new TOTP({ secret }).generate({ timestamp: at });
    await setup.getByLabel('Code').fill(codeAt(Date.now()));
    await setup.getByRole('button', { name: 'Confirm' }).click();
    const codes = dialog(faye, 'Recovery codes');
    await codes.getByTestId('recovery-code').nth(9).waitFor();
    const [recoveryCode = ''] = (await codes.getByTestId('recovery-code').allTextContents()).slice(0, 1);
    // What is shown once is not closed by a slip of the hand.
    await faye.keyboard.press('Escape');
    expect(await codes.isVisible()).toBe(true);
    await codes.getByRole('button', { name: 'I have kept them' }).click();
    await faye.getByText('10 recovery codes left').waitFor();

    await faye.getByRole('button', { name: 'Sign out', exact: true }).first().click();
    await enter(faye, 'faye');
    await faye.getByLabel('Code of your authenticator app').fill('000000');
    await faye.keyboard.press('Enter');
    await faye.getByRole('alert').waitFor();
    await picture(faye, 'second-factor-asked');
    // Each code is good once: the next one is taken, which the clocks' tolerance lets in.
    await faye.getByLabel('Code of your authenticator app').fill(codeAt(Date.now() + STEP_MS));
    await faye.keyboard.press('Enter');
    await isLive(faye);
    await faye.getByRole('button', { name: 'Sign out', exact: true }).first().click();
    await enter(faye, 'faye');
    await faye.getByRole('button', { name: 'Use a recovery code' }).click();
    await faye.getByLabel('Recovery code').fill(recoveryCode);
    await faye.keyboard.press('Enter');
    await isLive(faye);

    const admin = await suite.administer(`/users/${id}`);
    await admin.getByRole('button', { name: 'Reset second factor' }).click();
    const reset = dialog(admin, 'Take the second factor from faye');
    await reset.getByLabel('Reason').fill('Lost her phone');
    await reset.getByRole('button', { name: 'Take it away' }).click();
    await reset.waitFor({ state: 'detached' });
    await faye.getByRole('button', { name: 'Sign out', exact: true }).first().click();
    await enter(faye, 'faye');
    await isLive(faye);
  });

  it('signs in by another service, whose account can be taken away from one’s own', { timeout: 60_000 }, async () => {
    await suite.aUser('odo');
    provider.accounts.set('odo-there', { email: 'odo@example.org', email_verified: true });
    const odo = await suite.dashboard.open();
    await odo.setExtraHTTPHeaders({ 'x-account': 'odo-there' });
    await picture(odo, 'sign-in');
    await odo.getByRole('button', { name: 'Sign in with Example SSO' }).click();
    await isLive(odo);
    // What the provider sent along is good once, and not left in the address.
    expect(new URL(odo.url()).search).toBe('');
    await odo.getByTestId('who').click();
    const ways = odo.getByRole('region', { name: 'Other ways to sign in' });
    await ways.getByRole('button', { name: 'Remove' }).click();
    await ways.getByRole('button', { name: 'Add Example SSO' }).click();
    await dialog(odo, 'Add Example SSO').getByLabel('Your password, once more').fill(PASSWORD);
    await dialog(odo, 'Add Example SSO').getByRole('button', { name: 'Go to Example SSO' }).click();
    await ways.getByRole('button', { name: 'Remove' }).waitFor();
    await picture(odo, 'profile-other-ways');
    // Nobody who did not go there comes back from there.
    const stranger = await suite.dashboard.open('/sign-in/callback?code=stolen&state=guessed');
    await stranger.getByText('Begin it here').waitFor();
    expect(new URL(stranger.url()).search).toBe('');
  });

  it('changes one’s own profile and password', { timeout: 60_000 }, async () => {
    await suite.aUser('pia');
    const pia = await suite.dashboard.signIn('pia');
    await pia.getByTestId('who').click();
    await pia.getByRole('button', { name: 'Edit my profile' }).click();
    const profile = dialog(pia, 'Edit my profile');
    await profile.getByLabel('Name').fill('Pia Paulsen');
    await profile.getByLabel('Phone').fill('12');
    await profile.getByRole('button', { name: 'Save' }).click();
    await profile.getByRole('alert').waitFor();
    await profile.getByLabel('Phone').fill('+4930123456');
    await profile.getByLabel('Time zone').fill('Europe/Berlin');
    await profile.getByRole('button', { name: 'Save' }).click();
    await pia.getByRole('heading', { name: 'Pia Paulsen' }).waitFor();
    expect(await pia.getByRole('region', { name: 'My profile' }).textContent()).toMatch(/\+4930123456.*Europe\/Berlin/);

    await pia.getByRole('button', { name: 'Change password' }).click();
    const change = dialog(pia, 'Change password');
    await change.getByLabel('Present password').fill(PASSWORD);
    await change.getByLabel('New password', { exact: true }).fill(OWN_PASSWORD);
    await change.getByLabel('New password again').fill(OWN_PASSWORD);
    await change.getByRole('button', { name: 'Change password' }).click();
    await change.waitFor({ state: 'detached' });
    await expect(suite.platform.as('pia')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await suite.platform.as('pia', OWN_PASSWORD);
  });

  it('shows where one is signed in, and signs out what is lost', { timeout: 60_000 }, async () => {
    await suite.aUser('sven');
    const [here, lost] = [await suite.dashboard.signIn('sven'), await suite.dashboard.signIn('sven')];
    await here.getByTestId('who').click();
    const sessions = here.getByRole('region', { name: 'My sessions' });
    await sessions.getByTestId('session-row').nth(1).waitFor();
    expect(await sessions.getByText('this one').count()).toBe(1);
    await picture(here, 'profile');
    await sessions.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await lost.getByLabel('User').waitFor();
    await sessions.getByTestId('session-row').nth(1).waitFor({ state: 'detached' });
    await isLive(here);

    const admin = await suite.administer('/sessions');
    await admin.getByLabel('User').fill('sven');
    const row = admin.getByTestId('session-row').filter({ hasText: 'sven' });
    await admin.getByTestId('session-row').filter({ hasNotText: 'sven' }).first().waitFor({ state: 'detached' });
    await row.getByRole('button', { name: 'Sign out' }).click();
    await here.getByLabel('User').waitFor();
    suite.dashboard.forgive((problem) => problem.includes('401'));
  });
});

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
};

async function choosePassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('New password again').fill(password);
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
}
