// Crews from sign-ups to the race: proposed, moved by hand, accepted, settled, and checked the day before.
import {
  SIGNED_UP, checkMe, choose, close, joinThread, leaveThread, moveAcross, openOnPhone, press, propose, rolesOf, run, settle,
  signedUp,
} from './crews.js'
import { channel, clock, dialog, expect, newest, open, test, violations } from './sandbox.js'

const phone = { width: 390, height: 780 }
const NAME = 'Spa 6 Hours'

/** Neither the page nor the newest message is wider than the screen. */
async function fits(page) {
  const { width } = page.viewportSize()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  for (const part of await newest(page).locator('button:visible, summary:visible, .text:visible').all()) {
    const box = await part.boundingBox()
    expect(box.x + box.width).toBeLessThanOrEqual(width)
  }
}

/** What the newest message says at the width of a phone is all there, too, and reads well to those who see little. */
async function onAPhone(page) {
  const before = page.viewportSize()
  await page.setViewportSize(phone)
  await fits(page)
  expect(await violations(page)).toEqual([])
  await page.setViewportSize(before)
}

test('crews are proposed, moved, accepted and settled, and checked the day before the race', async ({ as }) => {
  test.setTimeout(240_000)
  const lena = await as('Lena')
  const event = await signedUp(lena)

  // Ten people, two classes: with whom they wanted, and why.
  await propose(lena)
  const proposal = newest(lena)
  await expect(proposal).toContainText('@Aiko (3100)')
  await expect(proposal).toContainText('as wanted')
  await onAPhone(lena)
  const team = await moveAcross(lena, 'Ben')
  const other = team === 'GT3 1' ? 'GT3 2' : 'GT3 1'
  await expect(newest(lena)).toContainText('@Ben (2450) 📌')
  await onAPhone(lena)

  await settle(lena, team, 'Ben')
  await onAPhone(lena)
  // On a page that is open each sees what the teams got; the roles are given by and by.
  const ben = await as('Ben', event)
  await expect(channel(ben, team)).toBeVisible()
  await expect(channel(ben, other)).toBeVisible()
  await expect(channel(ben, `${team} · practice · ${NAME}`)).toBeVisible()
  await expect(ben.locator('#messages .container').first()).toContainText('@Ben')
  await expect(async () => expect(await rolesOf(lena, 'Ben')).toEqual([team])).toPass()

  await ben.setViewportSize(phone)
  await openOnPhone(ben, team)
  await expect(ben.getByLabel('Pinned messages: 1')).toBeVisible()
  await ben.getByLabel('Pinned messages: 1').click()
  await expect(dialog(ben)).toContainText('Captain: @Ben')
  await close(ben)

  // The day before, its people are called to race voice, and look whether all is well for them.
  await clock(lena, 'To T‑24 h')
  await expect(channel(lena, NAME)).toBeVisible()
  await expect(ben.locator('#messages')).toContainText('Race voice is open')
  await fits(ben)
  await leaveThread(ben)
  await checkMe(ben)
  await expect(newest(ben)).toContainText('Not ready yet')
  await expect(newest(ben)).toContainText('✅ You see the event\'s channel')
  await expect(newest(ben)).toContainText('⚠️ You aren\'t in the team\'s thread.')
  await expect(newest(ben)).toContainText('✅ You may join the race voice')
  await fits(ben)
  expect(await violations(ben)).toEqual([])

  await joinThread(ben, 'Ben')
  await ben.getByRole('button', { name: 'Servers and channels' }).click()
  await ben.getByRole('button', { name: `Join ${NAME}`, exact: true }).click()
  await expect(ben.locator('.connected')).toContainText('Ben')
  await ben.keyboard.press('Escape')
  await expect(ben.locator('#nav')).toBeHidden()
  await press(ben, 'Check again')
  await expect(newest(ben)).toContainText('✅ You are connected now')
  await expect(newest(ben)).toContainText('✅ You are in the team\'s thread')
  await press(ben, 'I hear them')
  await expect(newest(ben)).toContainText('You\'re ready')
  await fits(ben)

  // The organiser sees who is ready, who isn't and why.
  await open(lena, event)
  await run(lena, 'team list')
  await expect(newest(lena)).toContainText('Teams of Spa 6 Hours')
  await press(lena, 'Readiness')
  await expect(newest(lena)).toContainText(`1 of ${SIGNED_UP.GT3.length + SIGNED_UP.GTP.length} ready`)
  await onAPhone(lena)
  await choose(lena, 'Choose a team to see what to do', team)
  await expect(newest(lena)).toContainText(`Readiness of ${team}`)
  await expect(newest(lena)).toContainText('✅ @Ben is ready')
  await expect(newest(lena)).toContainText('hasn\'t pressed Check me yet')
  await onAPhone(lena)
})
