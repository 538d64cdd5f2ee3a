// Takes the pictures of the documentation anew: npm run pictures
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import config from './playwright.config.js'
import { checkMe, choose, leaveThread, moveAcross, press, propose, run, settle, signedUp } from './crews.js'
import { BEGINS, be, beside, channel, clock, expect, newest, open, pick, program, send } from './sandbox.js'

const folder = fileURLToPath(new URL('../../docs/pictures', import.meta.url))
const EVENT = 'winter-cup-bathurst-12-hours-2026-12-19'
const desktop = { width: 1280, height: 800 }
const phone = { width: 390, height: 780 }

/** A sandbox: its addresses, and a way to end it. */
async function start(...options) {
  const child = spawn(program, [...options, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const address = async () => (await lines.next()).value.match(/http:[^\s]+\d/)[0]
  const [site, service] = [await address(), await address()]
  // It doesn't outlive a picture that goes wrong either.
  process.on('exit', () => child.kill())
  const end = () => {
    child.kill()
    return once(child, 'exit')
  }
  return { site, service, end }
}

const tour = await start('--tour')
const browser = await chromium.launch(config.use.launchOptions)

/** A page through somebody's eyes. */
async function page(name, viewport, colorScheme, { site, channel } = { site: tour.site, channel: EVENT }) {
  const context = await browser.newContext({ viewport, colorScheme, deviceScaleFactor: viewport === phone ? 1.5 : 1 })
  const page = await context.newPage()
  await page.goto(site)
  await page.setViewportSize(desktop)
  await be(page, name)
  await open(page, channel)
  await page.setViewportSize(viewport)
  return page
}

async function take(page, name) {
  await page.mouse.move(0, 0)
  await page.waitForTimeout(400)
  await page.screenshot({ path: `${folder}/${name}.png` })
}

const signsUp = async (page, name) => {
  await page.locator('#messages').getByRole('button', { name: 'Sign up' }).click()
  await newest(page).locator('summary').click()
  await take(page, name)
  await newest(page).locator('.option').last().click()
}

await signsUp(await page('Ben', phone, 'light'), 'phone-light')
await signsUp(await page('Jonas', phone, 'dark'), 'phone-dark')

const form = await page('Lena', desktop, 'dark')
await pick(form, 'event create')
await send(form)
await form.locator('dialog[open]').getByLabel('Name').first().fill('Fuji 6 Hours')
await take(form, 'form')

const lena = await page('Lena', desktop, 'light')
await clock(lena, 'To T‑24 h')
await channel(lena, 'Bathurst 12 Hours').waitFor()
await lena.waitForTimeout(6_000)
for (const [colorScheme, name] of [['light', 'page-light'], ['dark', 'page-dark']]) {
  await lena.emulateMedia({ colorScheme })
  await take(lena, name)
}
await lena.emulateMedia({ colorScheme: 'light' })
await beside(lena, 'Wire')
await lena.locator('.entries a', { hasText: 'POST /guilds/{guild_id}/channels' }).first().click()
await take(lena, 'wire')

/** The ways in: Discord's authorize page, the page after it, and a question on a phone. */
const door = await page('Lena', desktop, 'light')
await door.locator('#rail').getByRole('link', { name: 'Add a server' }).click()
await door.locator('dialog[open]').getByLabel('Name').fill('Day Owls')
await door.locator('dialog[open]').getByRole('button', { name: 'Make it' }).click()
await door.locator('#channels h2', { hasText: 'Day Owls' }).waitFor()
await door.setViewportSize({ width: 560, height: 860 })
await door.goto(tour.service)
await door.getByRole('link', { name: 'Add to Discord' }).click()
await door.getByLabel('Add to server').selectOption('Day Owls')
await take(door, 'authorize')
await door.getByRole('button', { name: 'Authorize' }).click()
await door.setViewportSize({ width: 560, height: 520 })
await take(door, 'added')

const moving = await page('Lena', desktop, 'dark')
await beside(moving, 'Faults')
await moving.getByRole('button', { name: 'Invite the club to a server' }).click()
const invitation = await moving.locator('.notice a').last().getAttribute('href')
await moving.setViewportSize(phone)
await moving.goto(invitation)
await moving.getByLabel('Add to server').selectOption('Day Owls')
await moving.getByRole('button', { name: 'Authorize' }).click()
await take(moving, 'move')

await tour.end()

/** Teams: crews as they are proposed and as they are once somebody is moved, a team's thread, and who is ready. */
const crews = await start('--begins', BEGINS)
const organiser = await page('Lena', desktop, 'light', { site: crews.site, channel: 'general' })
const event = await signedUp(organiser)
await propose(organiser)
await take(organiser, 'crews-proposed')
const team = await moveAcross(organiser, 'Ben')
await organiser.setViewportSize(phone)
await newest(organiser).evaluate((message) => message.scrollIntoView())
await take(organiser, 'crews-moved')
await organiser.setViewportSize(desktop)
await settle(organiser, team, 'Ben')

await clock(organiser, 'To T‑24 h')
const captain = await page('Ben', desktop, 'light', { site: crews.site, channel: team })
await expect(captain.locator('#messages')).toContainText('Race voice is open')
await take(captain, 'team-thread')
const driver = await page('Aiko', phone, 'dark', { site: crews.site, channel: team })
await leaveThread(driver)
await checkMe(driver)
await take(driver, 'check-me')

/** Ben is ready, and so is whoever else drives with him but for Aiko. */
for (const name of ['Ben', 'Priya']) {
  await be(captain, name)
  await captain.getByRole('button', { name: 'Join Spa 6 Hours', exact: true }).click()
  await checkMe(captain)
  await press(captain, 'I hear them')
  await expect(newest(captain)).toContainText('You\'re ready')
}
await open(organiser, event)
await run(organiser, 'team list')
await press(organiser, 'Readiness')
await choose(organiser, 'Choose a team to see what to do', team)
await expect(newest(organiser)).toContainText(`Readiness of ${team}`)
await take(organiser, 'readiness')

await browser.close()
await crews.end()
