// A sandbox for each test, and pages through the eyes of its people.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { test as base, expect as hasty } from '@playwright/test'
import config from './playwright.config.js'

/** The sandbox. */
export const program = process.env.SANDBOX ?? fileURLToPath(new URL('../../target/debug/sandbox', import.meta.url))

/** Waits as long for what is to be seen where no runner of tests says how long: for the pictures. */
export const expect = hasty.configure(config.expect)

/** The instant that every clock begins at: a Monday evening in Berlin. */
export const BEGINS = '2026-11-23T19:00:00Z'

export const test = base.extend({
  /** What the sandbox is started with besides its address. */
  started: [['--begins', BEGINS], { option: true }],

  /** The addresses of a sandbox of the test's own, which has to end in order, and of the service behind it. */
  running: async ({ started }, use) => {
    const child = spawn(program, ['--listen', '127.0.0.1:0', ...started], { stdio: ['ignore', 'pipe', 'inherit'] })
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    const address = async () => {
      const { value: line = 'nothing at all' } = await lines.next()
      const url = line.match(/http:[^\s]+\d/)?.[0]
      if (!url) throw new Error(`${program} said: ${line}`)
      return url
    }
    await use({ page: await address(), service: await address() })
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    const [code] = await ended
    expect(code, 'the sandbox ends in order').toBe(0)
  },

  /** The address of the page. */
  sandbox: async ({ running }, use) => use(running.page),

  /** The address of the service. */
  service: async ({ running }, use) => use(running.service),

  /** Opens a page through somebody's eyes. Nothing may go wrong in its script. */
  as: async ({ context, sandbox }, use) => {
    const wrong = []
    await use(async (name, channel) => {
      const page = await context.newPage()
      page.on('pageerror', (error) => wrong.push(error.message))
      page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
      await page.goto(sandbox)
      await be(page, name)
      if (channel) await open(page, channel)
      return page
    })
    expect(wrong, 'errors in the pages').toEqual([])
  },
})

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What keeps a page from conforming to WCAG 2.2 AA. */
export async function violations(page) {
  // While a page is on its way, Turbo marks the old one as busy, where ARIA doesn't know that.
  await expect(page.locator('html')).not.toHaveAttribute('aria-busy', 'true')
  await page.evaluate(axe)
  const found = await page.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }))
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`))
}

/** Becomes somebody else. */
export async function be(page, name) {
  await page.locator('#you').click()
  await page.locator(`#everybody li[data-name="${name}"] a`).click()
  await expect(page.locator('#you strong')).toHaveText(name)
  await expect(dialog(page)).toHaveCount(0)
}

/** The link to a channel in the list. */
export const channel = (page, name) => page.locator(`#channels .channel[data-channel="${name}"]`)

export async function open(page, name) {
  await channel(page, name).click()
  await expect(page.locator('.head h1')).toContainText(name)
}

/** Types a command and chooses it from the picker. */
export async function pick(page, command) {
  // The service registers its commands once it has started.
  await expect(page.locator(`#commands [data-path="${command}"]`)).toBeAttached()
  await page.locator('#composer input[name=text]').pressSequentially(`/${command}`)
  await expect(page.locator('#commands [aria-selected]')).toContainText(`/${command}`)
  await page.keyboard.press('Enter')
  await expect(page.locator('form.command > header strong')).toHaveText(`/${command}`)
}

/** Sends the command that is typed. */
export const send = (page) => page.locator('form.command').getByRole('button', { name: 'Send' }).click()

/** The window in front of the page. */
export const dialog = (page) => page.locator('dialog[open]')

/** Fills in a form by its labels and sends it. */
export async function fill(page, fields) {
  for (const [label, value] of Object.entries(fields)) {
    await dialog(page).getByLabel(label, { exact: false }).first().fill(value)
  }
  await dialog(page).getByRole('button', { name: 'Submit' }).click()
  await expect(dialog(page)).toHaveCount(0)
}

/** The newest message. */
export const newest = (page) => page.locator('#messages > .message').last()

/** Sets the club up and creates a series, as its organiser. */
export async function setUp(page) {
  await pick(page, 'club setup')
  await send(page)
  await fill(page, { Name: 'Night Owls Racing', 'Time zone': 'Europe/Berlin' })
  await expect(newest(page)).toContainText('is set up')
  await pick(page, 'series create')
  await send(page)
  await fill(page, { Name: 'Winter Cup' })
  await expect(newest(page)).toContainText('Winter Cup')
}

/** Creates an event of the series, and returns the name of its channel. */
export async function createEvent(page, { name = 'Spa 6 Hours', start = '2026-12-05 14:00', classes = 'GT3 x 2' } = {}) {
  await pick(page, 'event create')
  const series = page.locator('input[data-option=series]')
  await series.pressSequentially('wint')
  await expect(page.locator('#suggested-series [aria-selected]')).toHaveText('Winter Cup')
  await series.press('Enter')
  await expect(series).toHaveValue('Winter Cup')
  await send(page)
  await fill(page, { Name: name, Start: start, Length: '6h', Classes: classes })
  await expect(newest(page)).toContainText('is created')
  return `winter-cup-${name.toLowerCase().replaceAll(' ', '-')}-${start.slice(0, 10)}`
}

/** Signs somebody up on the card of the channel that is open, where there is one class. */
export async function signUp(page) {
  await page.locator('#messages').getByRole('button', { name: 'Sign up' }).click()
}

export const clock = (page, button) => page.locator('#clock').getByRole('button', { name: button }).click()

/** Opens what stands beside the messages. */
export const beside = (page, name) => page.locator('.tabs').getByRole('button', { name }).click()
