// An event's life, by the hands of the people who live it.
import { beside, channel, clock, createEvent, expect, open, setUp, signUp, test } from './sandbox.js'

const NAME = 'Spa 6 Hours'

test('an event from the picker to race voice, on the pages of four people', async ({ as }) => {
  const lena = await as('Lena')
  const ben = await as('Ben')
  await setUp(lena)
  const event = await createEvent(lena, { name: NAME })

  // The channel appears in a second page by itself, and so does everything on its card.
  await expect(channel(ben, event)).toBeVisible()
  await open(ben, event)
  const card = ben.locator('#messages .container').first()
  await expect(card).toContainText('0 of 2')
  for (const name of ['Aiko', 'Mara', 'Priya']) {
    const page = await as(name, event)
    await signUp(page)
    await expect(page.locator('.message.only-you, #messages .container').first()).toBeVisible()
  }
  await expect(card).toContainText('2 of 2')
  await expect(card).toContainText('@Aiko')
  await expect(card.getByText('Waiting list', { exact: true })).toBeVisible()
  await expect(card).toContainText('1. @Priya')

  await expect(channel(ben, NAME)).toHaveCount(0)
  await clock(ben, 'To T‑24 h')
  await expect(channel(ben, NAME)).toBeVisible()
  await expect(channel(lena, NAME)).toBeVisible()
  await expect(ben.locator('#clock .time')).toContainText('Fri 4 Dec 2026, 13:0')
  await expect(ben.locator('#messages')).toContainText('Race voice is open')
  // Ben isn't in; those who are may join, and the others see who does.
  await expect(channel(ben, NAME).getByTitle('You may not join it')).toBeVisible()
  const aiko = await as('Aiko', NAME)
  await aiko.getByRole('button', { name: 'Join voice' }).click()
  await expect(ben.locator('.connected')).toContainText('Aiko')

  await clock(ben, 'To green flag')
  await expect(card).toContainText('The race is on')
  await expect(card.getByRole('button', { name: 'Sign up' })).toBeDisabled()
})

test('the wire shows what was asked and answered, and a fault heals', async ({ as }) => {
  const lena = await as('Lena')
  await setUp(lena)
  await beside(lena, 'Faults')
  const form = lena.locator('#fault-form')
  await form.getByLabel('What').selectOption('500')
  await form.getByLabel('With').selectOption('POST /guilds/{guild_id}/channels')
  await form.getByLabel('How often').selectOption('until it is cleared')
  await form.getByRole('button', { name: 'Inject' }).click()
  await expect(lena.locator('.armed')).toContainText('500, and nothing happens')

  const event = await createEvent(lena)
  await beside(lena, 'Wire')
  const failed = lena.locator('.entries a', { hasText: 'POST /guilds/{guild_id}/channels' }).filter({ hasText: '500' })
  await expect(failed.first()).toBeVisible()
  await expect(channel(lena, event)).toHaveCount(0)

  await beside(lena, 'Faults')
  await lena.locator('.armed').getByRole('button', { name: 'Clear' }).click()
  await expect(lena.locator('.armed')).toHaveCount(0)
  await clock(lena, '+1 h')
  await expect(channel(lena, event)).toBeVisible()
  await beside(lena, 'Wire')
  const made = lena.locator('.entries a', { hasText: 'POST /guilds/{guild_id}/channels' }).filter({ hasText: '201' })
  await made.first().click()
  const detail = lena.locator('.detail')
  await expect(detail).toContainText('it took effect')
  await expect(detail.locator('.headers')).toContainText('x-ratelimit-remaining')
  await expect(detail).toContainText(event)
})
