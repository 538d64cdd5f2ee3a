// The wire and faults.
import { execFileSync } from 'node:child_process'
import { beside, channel, clock, createEvent, expect, newest, open, pick, send, setUp, test } from './sandbox.js'

const CREATE = 'POST /guilds/{guild_id}/channels'
const entry = (page, text) => page.locator('.entries a', { hasText: text })

/** Runs what the page copied, and returns what came back. */
async function replay(page) {
  await page.locator('.detail').getByRole('button', { name: 'Copy as curl' }).click()
  await expect(page.locator('.detail').getByRole('button', { name: 'Copied' })).toBeVisible()
  const command = await page.evaluate(() => navigator.clipboard.readText())
  return execFileSync('sh', ['-c', `${command} --silent`], { encoding: 'utf8' })
}

test('every entry is searched, opened, and sent again', async ({ as }) => {
  const lena = await as('Lena')
  await pick(lena, 'ping')
  await send(lena)
  await beside(lena, 'Wire')
  await entry(lena, '/ping').first().click()
  const detail = lena.locator('.detail')
  await expect(detail).toContainText('of the 3,000 ms that Discord waits')
  await expect(detail).toContainText('"name": "ping"')
  expect(await replay(lena)).toMatch(/^HTTP\/1.1 200[^]*"type":4/)
  await detail.getByRole('button', { name: 'Deliver it again' }).click()
  await expect(lena.getByRole('alert')).toContainText('The service answered again')

  await lena.getByLabel('What is shown').selectOption('REST calls')
  await expect(entry(lena, '/ping')).toHaveCount(0)
  await lena.getByLabel('Search the wire').fill('commands')
  await lena.getByLabel('Search the wire').press('Enter')
  await expect(lena.locator('.entries a')).not.toHaveCount(0)
  await entry(lena, 'PUT /applications/{application_id}/commands').first().click()
  expect(await replay(lena)).toMatch(/^HTTP\/1.1 200[^]*x-ratelimit-bucket/)
  await lena.getByLabel('What is shown').selectOption('Problems')
  await expect(lena.locator('#side')).toContainText('Nothing here fits')
})

test('a permission that is taken is said and, given back, heals', async ({ as }) => {
  const lena = await as('Lena')
  await setUp(lena)
  await expect(channel(lena, 'general')).toBeVisible()
  await beside(lena, 'Faults')
  await lena.getByRole('button', { name: 'Manage Channels' }).click()
  await expect(lena.getByRole('button', { name: 'Manage Channels' })).toHaveAttribute('aria-pressed', 'false')
  const event = await createEvent(lena)
  await beside(lena, 'Wire')
  await expect(entry(lena, CREATE).filter({ hasText: '403' }).first()).toBeVisible()
  await pick(lena, 'club panel')
  await send(lena)
  await expect(newest(lena)).toContainText('a permission that the bot lacks')

  await beside(lena, 'Faults')
  await lena.getByRole('button', { name: 'Manage Channels' }).click()
  await clock(lena, '+1 h')
  await expect(channel(lena, event)).toBeVisible({ timeout: 30_000 })
})

test('a channel that is deleted by hand is made once more', async ({ as }) => {
  const lena = await as('Lena')
  await setUp(lena)
  const event = await createEvent(lena)
  await expect(channel(lena, event)).toBeVisible()
  await open(lena, event)
  await expect(lena.locator('#messages .container')).toBeVisible()
  await beside(lena, 'Faults')
  await lena.getByRole('button', { name: 'Delete the channel that is open' }).click()
  await expect(channel(lena, event)).toHaveCount(0)
  await clock(lena, '+1 day')
  await expect(channel(lena, event)).toBeVisible({ timeout: 30_000 })
})

test('slow, limited and dropped calls end well', async ({ as }) => {
  const lena = await as('Lena')
  await setUp(lena)
  await beside(lena, 'Faults')
  const form = lena.locator('#fault-form')
  for (const kind of ['slow', 'limited', 'drop-after']) {
    await form.getByLabel('What').selectOption(kind)
    await form.getByLabel('With').selectOption(kind === 'drop-after' ? 'POST /channels/{channel_id}/messages' : CREATE)
    await form.getByLabel('How often').selectOption('once')
    await form.getByRole('button', { name: 'Inject' }).click()
  }
  await expect(lena.locator('.armed li')).toHaveCount(3)
  await lena.getByRole('button', { name: 'Move other roles above the app’s' }).click()
  await expect(lena.getByRole('button', { name: 'Move the app’s role to the top' })).toBeVisible()
  const event = await createEvent(lena)
  await expect(channel(lena, event)).toBeVisible({ timeout: 45_000 })
  await open(lena, event)
  await expect(lena.locator('#messages .container')).toHaveCount(1, { timeout: 45_000 })
  await expect(lena.locator('.armed')).toContainText('happened 1 times')
})
