// The ways in: the service's own pages, and Discord's authorize page between them.
import {
  beside, dialog, expect, newest, pick, send, setUp, test, violations,
} from './sandbox.js'

const PHONE = { width: 360, height: 740 }
const DESKTOP = { width: 1280, height: 800 }

/** Chooses whom to be on the authorize page, and a server. */
async function consent(page, name, server) {
  await expect(page.getByRole('heading', { level: 1 })).toContainText('wants to access')
  await page.getByLabel('Signed in as').selectOption(name)
  await page.getByRole('button', { name: 'Switch' }).click()
  if (server) await page.getByLabel('Add to server').selectOption(server)
}

const authorize = (page) => page.getByRole('button', { name: 'Authorize' }).click()

/** What a page of the service has to be for everyone. */
async function fits(page, what) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme })
    expect(await violations(page), `${what}, ${colorScheme}`).toEqual([])
  }
  const before = page.viewportSize()
  await page.setViewportSize(PHONE)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), what).toBe(true)
  await page.setViewportSize(before)
}

for (const viewport of [PHONE, DESKTOP]) {
  test(`the app is added to a server, ${viewport.width} wide`, async ({ context, service }) => {
    const page = await context.newPage()
    await page.setViewportSize(viewport)
    await page.goto(service)
    await fits(page, 'the first page')
    await page.getByRole('link', { name: 'Add to Discord' }).click()
    await consent(page, 'Lena', 'Night Owls Racing')
    await page.getByLabel('Manage Channels').uncheck()
    await authorize(page)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Simlane is in your server')
    await expect(page.getByText('Manage Channels')).toBeVisible()
    await fits(page, 'added, with a permission missing')
    await page.getByRole('link', { name: 'Fix permissions' }).click()
    await expect(page.getByLabel('Add to server')).toBeDisabled()
    await authorize(page)
    await expect(page.getByText('Manage Channels')).toHaveCount(0)
    await fits(page, 'added')
    await page.getByRole('link', { name: 'Open the server' }).click()
    await expect(page.locator('#you strong')).toHaveText('Lena')
    await expect(page.locator('.head h1')).toContainText('general')
  })
}

test('an account is linked, and on a phone', async ({ as }) => {
  const ben = await as('Ben', 'general')
  await pick(ben, 'link')
  await send(ben)
  await expect(newest(ben)).toContainText('Who are you?')
  const button = newest(ben).getByRole('link', { name: 'Link my account' })
  const opened = ben.waitForEvent('popup')
  await button.click()
  const page = await opened
  await page.setViewportSize(PHONE)
  await expect(page.getByText('ben@example.org')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cancelled')
  await fits(page, 'cancelled')
  await page.getByRole('link', { name: 'Try again' }).click()
  await authorize(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your account is linked')
  await fits(page, 'linked')
  await page.getByRole('link', { name: 'Back to Discord' }).click()
  await expect(page.locator('#you strong')).toHaveText('Ben')
  // The button was for once, and for Ben.
  const again = ben.waitForEvent('popup')
  await button.click()
  const second = await again
  await authorize(second)
  await expect(second.getByRole('heading', { level: 1 })).toHaveText('That button is over')
  await fits(second, 'a button that is over')
  await pick(ben, 'me')
  await send(ben)
  await expect(newest(ben)).toContainText('Linked; no roster names you yet')
  await pick(ben, 'link')
  await send(ben)
  const third = ben.waitForEvent('popup')
  await newest(ben).getByRole('link', { name: 'Link my account' }).click()
  const other = await third
  await consent(other, 'Mara')
  await authorize(other)
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Another Discord account')
  await fits(other, 'another account')
})

test('a club moves, by keyboard alone', async ({ as }) => {
  const lena = await as('Lena')
  await setUp(lena)
  await lena.locator('#rail').getByRole('link', { name: 'Add a server' }).click()
  await dialog(lena).getByLabel('Name').fill('Day Owls')
  await dialog(lena).getByRole('button', { name: 'Make it' }).click()
  await expect(lena.locator('#channels h2')).toHaveText('Day Owls')
  await lena.locator('#rail').getByRole('link', { name: 'Night Owls Racing' }).click()
  await beside(lena, 'Faults')
  await lena.getByRole('button', { name: 'Invite the club to a server' }).click()
  const invitation = lena.locator('.notice a').last()
  await expect(invitation).toHaveAttribute('href', /install\?club=/)
  const opened = lena.waitForEvent('popup')
  await invitation.focus()
  await lena.keyboard.press('Enter')
  const page = await opened
  await page.waitForLoadState()

  const to = async (element) => {
    for (let presses = 0; presses < 60; presses++) {
      if (await element.evaluate((node) => node === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error('the keyboard doesn’t reach it')
  }
  await to(page.getByLabel('Add to server'))
  await page.keyboard.type('Day')
  await to(page.getByRole('button', { name: 'Authorize' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Move Night Owls Racing here?')
  await fits(page, 'shall it move')
  await to(page.getByRole('button', { name: 'Move it here' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Night Owls Racing has moved')
  await fits(page, 'moved')
  await to(page.getByRole('link', { name: 'Open the server' }))
  await page.keyboard.press('Enter')
  await expect(page.locator('#channels h2')).toHaveText('Day Owls')
})

test('every page that says no can be read by anyone', async ({ context, service }) => {
  const page = await context.newPage()
  for (const [path, heading] of [
    ['/install?club=unknown', 'That invitation is over'],
    ['/install?server=owl', 'That link isn’t complete'],
    ['/link?ticket=zz', 'That button is over'],
    ['/oauth/callback', 'Nothing to finish here'],
  ]) {
    await page.goto(service + path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading)
    await fits(page, path)
  }
})
