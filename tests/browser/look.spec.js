// How it looks: on a phone, in the light and in the dark, to those who see little or nothing.
import { beside, channel, dialog, expect, newest, open, pick, send, test, violations } from './sandbox.js'

const EVENT = 'winter-cup-bathurst-12-hours-2026-12-19'

test.use({ started: ['--tour'] })

for (const colorScheme of ['light', 'dark']) {
  test(`everything can be read by anyone, ${colorScheme}`, async ({ as }) => {
    const lena = await as('Lena')
    await lena.emulateMedia({ colorScheme })
    await open(lena, EVENT)
    await newest(lena).getByRole('button', { name: 'Manage' }).click()
    await expect(newest(lena)).toContainText('Manage Bathurst')
    expect(await violations(lena)).toEqual([])
    for (const side of ['Events', 'Wire', 'Faults']) {
      await beside(lena, side)
      expect(await violations(lena), side).toEqual([])
    }
    await pick(lena, 'event create')
    expect(await violations(lena), 'a command').toEqual([])
    await send(lena)
    await expect(dialog(lena)).toBeVisible()
    expect(await violations(lena), 'a form').toEqual([])
    await lena.keyboard.press('Escape')
    await lena.locator('#you').click()
    expect(await violations(lena), 'people').toEqual([])
  })
}

test('it works on a phone', async ({ as }) => {
  const ben = await as('Ben')
  await ben.setViewportSize({ width: 360, height: 740 })
  const fits = () => ben.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
  await ben.getByRole('button', { name: 'Servers and channels' }).click()
  await channel(ben, EVENT).click()
  await expect(ben.locator('.head h1')).toContainText('bathurst')
  const box = await ben.locator('#messages .container').boundingBox()
  expect(box.x + box.width).toBeLessThanOrEqual(360)
  await ben.locator('#messages').getByRole('button', { name: 'Sign up' }).click()
  await newest(ben).locator('summary').click()
  await expect(newest(ben).locator('.option').last()).toBeInViewport({ ratio: 1 })
  await newest(ben).locator('.option').last().click()
  await expect(newest(ben)).toContainText("you're in")
  expect(await fits()).toBe(true)
  for (const side of ['Members', 'Events', 'Wire', 'Faults']) {
    await beside(ben, side)
    await expect(ben.locator('#side')).toBeVisible()
    expect(await fits(), side).toBe(true)
    await ben.locator('#side').getByRole('link', { name: 'Close' }).click()
  }
  await expect(ben.locator('#messages')).toBeVisible()
})

test('the tour’s story leaves a club with a past and a race ahead', async ({ as }) => {
  const lena = await as('Lena')
  await expect(lena.locator('#clock .time')).toContainText('Fri 11 Dec 2026')
  await open(lena, 'winter-cup-spa-6-hours-2026-11-28')
  await expect(lena.locator('#messages')).toContainText('Spa 6 Hours is over.')
  await open(lena, EVENT)
  await expect(lena.locator('#messages .container')).toContainText('2 of 2')
})
