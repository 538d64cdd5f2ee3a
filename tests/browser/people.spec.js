// Being anyone: each sees what that person may see, and no more.
import { be, beside, channel, clock, createEvent, dialog, expect, newest, open, pick, send, setUp, signUp, test } from './sandbox.js'

test('each sees what they may see', async ({ as }) => {
  const lena = await as('Lena')
  const ben = await as('Ben')
  // The organisers' channel and the commands that need Manage Server are hidden from drivers.
  await expect(channel(lena, 'organisers')).toBeVisible()
  await expect(channel(ben, 'organisers')).toHaveCount(0)
  await ben.locator('#composer input[name=text]').fill('/')
  await expect(ben.locator('#commands [data-path="event list"]')).toBeVisible()
  await expect(ben.locator('#commands [data-path="club setup"]')).toHaveCount(0)

  // An answer to one person is on nobody else's page, and can be dismissed.
  await pick(lena, 'ping')
  await send(lena)
  await expect(newest(lena)).toContainText('Only you can see this')
  await expect(ben.locator('#messages .message')).toHaveCount(0)
  await lena.getByRole('button', { name: 'Dismiss message' }).click()
  await expect(lena.locator('#messages .message')).toHaveCount(0)

  // With the organisers' role Ben is one of them, on the page that he has open.
  await lena.locator('[data-member=Ben]').click()
  await dialog(lena).getByRole('button', { name: 'Organisers' }).click()
  await expect(dialog(lena).getByRole('button', { name: 'Organisers' })).toHaveAttribute('aria-pressed', 'true')
  await expect(channel(ben, 'organisers')).toBeVisible()
  // The list of commands that he has open has his new ones, too.
  await expect(ben.locator('#commands [data-path="club setup"]')).toBeVisible()
})

test('somebody who leaves sees nothing, and a crowd that comes sees everything', async ({ as }) => {
  const lena = await as('Lena')
  const ben = await as('Ben')
  await lena.locator('[data-member=Ben]').click()
  await dialog(lena).getByRole('button', { name: 'Have them leave' }).click()
  await expect(ben.locator('#chat')).toContainText('Ben isn’t in Night Owls Racing')
  await expect(channel(ben, 'general')).toHaveCount(0)
  await ben.getByRole('button', { name: 'Join the server' }).click()
  await expect(channel(ben, 'general')).toBeVisible()

  await lena.keyboard.press('Escape')
  await expect(dialog(lena)).toHaveCount(0)
  await lena.locator('#you').click()
  await dialog(lena).getByLabel('How many, or their names').fill('30')
  await dialog(lena).getByLabel('Zone').selectOption('Australia/Sydney')
  await dialog(lena).getByRole('button', { name: 'Add' }).click()
  await expect(ben.locator('#side')).toContainText('Members – 36')
  await dialog(lena).getByLabel('Find somebody').fill('driver 1')
  await expect(dialog(lena).locator('#everybody li:visible')).toHaveCount(10)
  await dialog(lena).locator('#everybody li:visible a').first().click()
  await expect(lena.locator('#you .hint')).toContainText('Australia/Sydney, 06:0')
})

test('times are in the zone of whoever looks, and mentions are counted', async ({ as }) => {
  const lena = await as('Lena')
  await setUp(lena)
  const event = await createEvent(lena, { classes: 'GT3 x 1' })
  const start = async (name) => {
    const page = await as(name, event)
    return page.locator('#messages .container time').first()
  }
  await expect(await start('Lena')).toHaveText('Saturday, 5 December 2026 14:00')
  await expect(await start('Aiko')).toHaveText('Saturday, 5 December 2026 22:00')
  await expect(await start('Tomás')).toHaveText('Saturday, 5 December 2026 10:00')

  // Whoever moves up from the waiting list is told, and finds it in the list of channels.
  const mara = await as('Mara', event)
  await signUp(mara)
  await expect(mara.locator('#messages .container')).toContainText('@Mara')
  const priya = await as('Priya', event)
  await signUp(priya)
  await expect(priya.locator('#messages .container')).toContainText('1. @Priya')
  await open(priya, 'general')
  await mara.locator('#messages').getByRole('button', { name: 'Withdraw' }).click()
  await expect(channel(priya, event).locator('.count')).toContainText('1')
  await open(priya, event)
  await expect(priya.locator('.message.mentions-you')).toContainText('a place is free')
  await expect(channel(priya, event).locator('.count')).toHaveCount(0)
})

test('a conversation with the app, a server of one’s own, and things made by hand', async ({ as }) => {
  const lena = await as('Lena')
  await lena.locator('#rail').getByRole('link', { name: 'Direct messages' }).click()
  await lena.getByRole('button', { name: 'Write to Simlane' }).click()
  await pick(lena, 'ping')
  await send(lena)
  await expect(newest(lena)).toContainText('Simlane')

  await lena.locator('#rail').getByRole('link', { name: 'Add a server' }).click()
  await dialog(lena).getByLabel('Name').fill('Second Club')
  await dialog(lena).getByRole('button', { name: 'Make it' }).click()
  await expect(lena.locator('#channels h2')).toHaveText('Second Club')

  await lena.getByRole('link', { name: 'Make a channel by hand' }).click()
  await dialog(lena).getByLabel('Name').fill('Paddock Talk')
  await dialog(lena).getByRole('button', { name: 'Make it' }).click()
  await expect(lena.locator('.head h1')).toContainText('paddock-talk')
  const text = lena.locator('#composer input[name=text]')
  await text.fill('**Hello**, <b>paddock</b>: see https://example.org')
  await text.press('Enter')
  await expect(newest(lena).locator('strong')).toHaveText('Hello')
  await expect(newest(lena)).toContainText('<b>paddock</b>')
  await expect(newest(lena).locator('a[href="https://example.org"]')).toBeVisible()
  await expect(text).toHaveValue('')
  await lena.getByRole('link', { name: 'Threads', exact: true }).click()
  await dialog(lena).getByLabel('A new thread').fill('Car 7')
  await dialog(lena).getByRole('button', { name: 'Make it' }).click()
  await expect(lena.locator('#channels .thread [aria-current]')).toContainText('Car 7')

  await beside(lena, 'Events')
  await lena.getByRole('link', { name: 'Schedule one by hand' }).click()
  await dialog(lena).getByLabel('Name').fill('Track day')
  await dialog(lena).getByLabel('Place').fill('The paddock')
  await dialog(lena).getByRole('button', { name: 'Schedule' }).click()
  await expect(lena.locator('#side .event')).toContainText('Track day')
  await lena.locator('#side').getByRole('button', { name: 'Interested' }).click()
  await expect(lena.locator('#side .event')).toContainText('1 interested')
  await clock(lena, '+1 day')
  await expect(lena.locator('#side .event')).toContainText('On now')
})

test('what can’t be done is said, and nothing is lost', async ({ as, sandbox }) => {
  const lena = await as('Lena')
  const text = lena.locator('#composer input[name=text]')
  await text.fill('/pit crew')
  await text.press('Enter')
  await expect(lena.getByRole('alert')).toContainText('There is no command')
  await expect(lena.locator('#commands')).toBeHidden()
  await lena.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click()
  await expect(lena.getByRole('alert')).toHaveCount(0)

  await setUp(lena)
  await pick(lena, 'event create')
  await send(lena)
  // The browser keeps a form back in which something is missing.
  await dialog(lena).getByRole('button', { name: 'Submit' }).click()
  await expect(dialog(lena)).toBeVisible()
  for (const [label, value] of [['Name', 'Spa'], ['Start', '31 Nov 14:00'], ['Length', '6h']]) {
    await dialog(lena).getByLabel(label, { exact: false }).first().fill(value)
  }
  await dialog(lena).getByRole('button', { name: 'Submit' }).click()
  await expect(newest(lena)).toContainText('There is no 31 Nov')
  await newest(lena).getByRole('button', { name: 'Edit again' }).click()
  await expect(dialog(lena).getByLabel('Start', { exact: false }).first()).toHaveValue('31 Nov 14:00')

  const gone = await lena.request.get(`${sandbox}/1/2/3`)
  expect(gone.status()).toBe(404)
  expect(await gone.text()).toContain('There is nothing here')
})

test('whoever is somebody else now goes on where they were', async ({ as }) => {
  const page = await as('Lena', 'general')
  await be(page, 'Ben')
  await expect(page.locator('.head h1')).toContainText('general')
})
