// An event with sign-ups to build crews of, and the ways to its teams; for the tests and for the pictures.
import { be, channel, createEvent, dialog, expect, fill, newest, open, pick, send, setUp } from './sandbox.js'

/** Who signs up, by class. */
export const SIGNED_UP = {
  GT3: ['Aiko', 'Ben', 'Jonas', 'Mara', 'Priya', 'Tomás'],
  GTP: ['Emil', 'Ines', 'Kofi', 'Yara'],
}
/** How good they say they are. */
const RATINGS = { Aiko: 3100, Ben: 2450, Jonas: 1900, Mara: 2800, Priya: 2200, Tomás: 1650 }

/** Presses a button of the newest message. */
export const press = (page, name) => newest(page).getByRole('button', { name, exact: true }).click()

/** Chooses an option of a select on the newest message, by the words that it shows. */
export async function choose(page, select, option) {
  const menu = newest(page).locator('details.select').filter({ has: page.locator('summary', { hasText: select }) })
  await menu.locator('summary').click()
  await menu.locator('button.option').filter({ has: page.getByText(option, { exact: true }) }).click()
}

/** Closes the window in front of the page. */
export async function close(page) {
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
}

/** Types a command and sends it. */
export async function run(page, command) {
  await pick(page, command)
  await send(page)
}

/** Signs up in a class, and returns when one's own page is there. */
async function signsUp(page, name, into) {
  await be(page, name)
  await page.locator('#messages .container').first().getByRole('button', { name: 'Sign up', exact: true }).click()
  await choose(page, 'Choose a class', into)
  await expect(newest(page)).toContainText("you're in for")
}

/** Says in which hours of the race one can drive, counted from 0. */
async function canDrive(page, hours) {
  await press(page, 'Availability')
  await expect(newest(page)).toContainText('In which time zone do you live?')
  await press(page, 'Europe/Berlin')
  await expect(newest(page)).toContainText('When can you drive?')
  const menu = newest(page).locator('details.select').first()
  await menu.locator('summary').click()
  for (const hour of hours) await menu.getByRole('checkbox').nth(hour).check()
  await menu.getByRole('button', { name: 'Choose' }).click()
  await expect(newest(page)).toContainText('6 of 6 hours answered')
}

async function rates(page, rating) {
  await run(page, 'profile edit')
  await fill(page, { iRating: String(rating) })
  await expect(newest(page)).toContainText(`your iRating is ${rating}`)
}

/** Has a club with an event of two classes, for which everybody signs up on that page, which is Lena's again in the end. */
export async function signedUp(page) {
  await setUp(page)
  await page.locator('#you').click()
  await dialog(page).getByLabel('How many, or their names').fill(SIGNED_UP.GTP.join('\n'))
  await dialog(page).getByRole('button', { name: 'Add' }).click()
  await expect(dialog(page).locator('#everybody li[data-name="Yara"]')).toBeVisible()
  await close(page)
  const event = await createEvent(page, { classes: 'GT3 x 8\nGTP x 6' })
  await open(page, event)
  for (const [into, names] of Object.entries(SIGNED_UP)) {
    for (const name of names) {
      await signsUp(page, name, into)
      if (name === 'Aiko') await wants(page, 'Priya')
      if (name === 'Tomás') await canDrive(page, [0, 1, 2, 3])
      if (RATINGS[name]) await rates(page, RATINGS[name])
    }
  }
  await be(page, 'Lena')
  return event
}

async function wants(page, partner) {
  await press(page, 'Drive with…')
  await expect(newest(page)).toContainText('With whom would you like to drive?')
  const menu = newest(page).locator('details.select')
  await menu.locator('summary').click()
  await menu.getByRole('checkbox', { name: partner, exact: true }).check()
  await menu.getByRole('button', { name: 'Choose' }).click()
  await expect(newest(page)).toContainText('🤝')
}

/** Proposes crews of two to four in the channel that is open. */
export async function propose(page) {
  await run(page, 'team propose')
  await expect(newest(page)).toContainText('Crews for Spa 6 Hours')
  await press(page, 'Change rules')
  await fill(page, { 'Drivers of a crew, at most': '4' })
  await expect(newest(page)).toContainText('2–4 drivers a crew')
  await expect(newest(page)).toContainText('6 of 6 drivers in legal crews')
}

/** The crew in which somebody stands in the newest message. */
export async function crewOf(page, name) {
  const text = await newest(page).innerText()
  let crew
  for (const line of text.split('\n')) {
    crew = line.match(/^(GT3|GTP) \d/)?.[0] ?? crew
    if (line.includes(`@${name}`)) return crew
  }
  throw new Error(`${name} is in no crew of ${text}`)
}

/** Moves somebody to the other crew of two, and returns its name. */
export async function moveAcross(page, name) {
  const to = (await crewOf(page, name)) === 'GT3 1' ? 'GT3 2' : 'GT3 1'
  await choose(page, 'Move somebody', name)
  await expect(newest(page)).toContainText('They stay where you put them')
  await choose(page, 'Where to?', to)
  await expect(newest(page)).toContainText(`@${name} is in ${to} now, and stays there`)
  return to
}

/** Accepts what is proposed, makes somebody a team's captain, and settles all teams. */
export async function settle(page, team, captain) {
  await press(page, 'Accept')
  await expect(newest(page)).toContainText('teams are made')
  await press(page, 'All teams')
  await choose(page, 'Choose a team to look after', team)
  await choose(page, 'Choose somebody to change', captain)
  await press(page, 'Make captain')
  await expect(newest(page)).toContainText(`Captain: @${captain}`)
  await run(page, 'team finalize')
  await expect(newest(page)).toContainText('Each gets its thread')
}

/** Opens a channel on a phone, where the list of them is behind a button. */
export async function openOnPhone(page, name) {
  await page.getByRole('button', { name: 'Servers and channels' }).click()
  await channel(page, name).click()
  await expect(page.locator('.head h1')).toContainText(name)
}

/** Presses the button of the message about race voice in the thread that is open. */
export async function checkMe(page) {
  await page.locator('#messages').getByRole('button', { name: 'Check me' }).first().click()
  await expect(newest(page)).toContainText('Checked')
}

/** Leaves the thread that is open. */
export async function leaveThread(page) {
  await page.locator('.head').getByLabel('This thread').click()
  await dialog(page).getByRole('button', { name: 'Leave' }).click()
  await expect(dialog(page).getByRole('button', { name: 'Leave' })).toHaveCount(0)
  await close(page)
}

/** Comes back to the thread that is open. */
export async function joinThread(page, name) {
  await page.locator('.head').getByLabel('This thread').click()
  await dialog(page).getByLabel('Somebody to add').selectOption(name)
  await dialog(page).getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog(page).getByRole('button', { name: 'Leave' })).toBeVisible()
  await close(page)
}

/** Shows the roles that somebody holds. */
export async function rolesOf(page, name) {
  await page.locator(`[data-member="${name}"]`).click()
  const held = await dialog(page).locator('.role.held').allInnerTexts()
  await close(page)
  return held.map((role) => role.replace('✓', '').trim())
}
