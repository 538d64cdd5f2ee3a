// What a form and a link can't do: hear of changes, open windows, and search commands while they are typed.
import * as Turbo from "/assets/turbo.js"

const one = (selector, within = document) => within.querySelector(selector)
const all = (selector, within = document) => [...within.querySelectorAll(selector)]
const on = (event, act) => document.addEventListener(event, act)

// Changes. The page says which change it shows; whenever there is a later one it asks for itself again and takes on what
// differs. A visit or a form on its way goes on, and brings what is new by itself.

let latest = 0
let lost = false
let asking = false

async function refresh() {
  if (asking || !(lost || Number(document.body.dataset.revision) < latest)) return
  asking = true
  lost = false
  const from = location.href
  try {
    const answer = await fetch(from)
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    if (answer.ok && from === location.href && !Turbo.navigator.currentVisit) takeOn(page.body)
  } catch {
    lost = true
  } finally {
    asking = false
  }
  // What changed meanwhile is told once, and this page may have missed it.
  if (!lost) setTimeout(refresh, 50)
}

function takeOn(body) {
  rememberScroll()
  document.body.dataset.revision = body.dataset.revision
  Turbo.morphBodyElements(document.body, body)
  scroll()
  appear()
  // There may be other commands now.
  if (writing()?.value.startsWith("/")) findCommands(one("#commands [aria-selected]"))
}

function listen() {
  const changes = new WebSocket(`${location.origin.replace(/^http/, "ws")}/changes`)
  changes.onmessage = ({ data }) => {
    latest = Number(data)
    refresh()
  }
  changes.onclose = () => {
    // A sandbox that was started again counts from the beginning.
    lost = true
    setTimeout(listen, 1000)
  }
}

listen()
on("turbo:load", () => refresh())
on("turbo:submit-end", ({ target, detail }) => {
  if (!detail.success || !("reset" in target.dataset)) return
  target.reset()
  if (target.contains(writing())) findCommands()
})

// What somebody is at work with stays as it is while the page around it changes.

on("turbo:before-morph-element", (event) => {
  const { target, detail } = event
  const same = detail.newElement && target.id && target.id === detail.newElement.id
  if (same && "keep" in target.dataset) event.preventDefault()
})
on("turbo:before-morph-attribute", (event) => {
  const { target, detail } = event
  const opens = detail.attributeName === "open" && target.matches("details, dialog")
  const finds = ["hidden", "aria-selected"].includes(detail.attributeName) && target.matches("[data-name], #commands, #commands *")
  if (opens || finds) event.preventDefault()
})

// Messages: the newest is seen unless somebody has scrolled away from it.

let scrolled = { channel: null, end: true }

function rememberScroll() {
  const list = one("#messages")
  if (!list) return
  const end = list.scrollHeight - list.scrollTop - list.clientHeight < 120
  scrolled = { channel: list.dataset.scroll, end }
}

function scroll() {
  const list = one("#messages")
  if (list && (scrolled.end || scrolled.channel !== list.dataset.scroll)) list.scrollTop = list.scrollHeight
}

on("turbo:before-render", rememberScroll)

// Windows and command forms take the keyboard when they appear.

let typing = null

function appear() {
  for (const window of all("dialog[data-window]:not([open])")) {
    window.showModal()
    one("input:not([type=hidden]), textarea, select", window)?.focus()
  }
  const command = one("form.command")
  if (command && command.id !== typing) one("input:not([type=hidden]), select, button", command)?.focus()
  if (!command && typing) one("#composer input[name=text]")?.focus()
  typing = command?.id ?? null
}

on("turbo:load", () => {
  scroll()
  appear()
})
on("turbo:render", () => {
  scroll()
  appear()
})

const close = (within) => one("[data-close]", within)?.click()

document.addEventListener("cancel", (event) => {
  if (event.target.matches("dialog[data-window]")) {
    event.preventDefault()
    close(event.target)
  }
}, true)

on("click", (event) => {
  const { target } = event
  if (target.matches("dialog[data-window]")) close(target)
  for (const menu of all("details[data-menu][open]")) if (!menu.contains(target)) menu.open = false
  if (target.closest("[data-commands]")) toggleCommands()
  const copied = target.closest("[data-copy]")
  if (copied) copy(copied)
  const suggested = target.closest("[role=option][data-value]")
  if (suggested) take(suggested)
})

// What opens at the end of the messages is seen whole.
document.addEventListener("toggle", ({ target }) => {
  if (target.matches?.("details[data-menu][open]")) one(".options", target).scrollIntoView({ block: "nearest" })
}, true)

on("keydown", (event) => {
  if (event.key !== "Escape") return
  const menu = event.target.closest?.("details[data-menu][open]")
  if (menu) {
    menu.open = false
    one("summary", menu).focus()
  } else {
    const command = event.target.closest?.("form.command")
    if (command) close(command)
  }
})

async function copy(button) {
  const label = button.textContent
  try {
    await navigator.clipboard.writeText(button.dataset.copy)
    button.textContent = "Copied"
  } catch {
    // Without leave to write to the clipboard, the text is there to be copied by hand.
    one("#curl").open = true
    getSelection().selectAllChildren(one("#curl-text"))
    button.textContent = "Select and copy"
  }
  setTimeout(() => (button.textContent = label), 2000)
}

// Lists that a line of text chooses from: commands, and suggestions for an option.

const options = (list) => all("[role=option]", list)
const shownOptions = (list) => options(list).filter((option) => !option.hidden)

function show(list, input, open) {
  list.hidden = !open
  input.setAttribute("aria-expanded", open)
  if (!open) mark(list, input, null)
}

function mark(list, input, option) {
  for (const other of options(list)) other.removeAttribute("aria-selected")
  if (!option) return input.removeAttribute("aria-activedescendant")
  option.id ||= `${list.id}-${options(list).indexOf(option)}`
  option.setAttribute("aria-selected", "true")
  input.setAttribute("aria-activedescendant", option.id)
  option.scrollIntoView({ block: "nearest" })
}

/** Moves through an open list; true if the key was for it. */
function move(event, list, input, choose) {
  if (list.hidden) return false
  const shown = shownOptions(list)
  const at = shown.findIndex((option) => option.hasAttribute("aria-selected"))
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step && shown.length) mark(list, input, shown[(at + step + shown.length) % shown.length])
  else if ((event.key === "Enter" || event.key === "Tab") && shown[at]) choose(shown[at])
  else if (event.key === "Escape") show(list, input, false)
  else return false
  event.preventDefault()
  event.stopPropagation()
  return true
}

const writing = () => one("#composer input[name=text]")

/** Shows the commands that fit what is typed, and chooses the first, unless one is chosen that still fits. */
function findCommands(chosen) {
  const [input, list] = [writing(), one("#commands")]
  const wanted = input.value.slice(1).trim().toLowerCase()
  for (const option of options(list)) {
    option.hidden = !option.dataset.path.split(" ").concat(option.dataset.path).some((word) => word.startsWith(wanted))
  }
  const shown = shownOptions(list)
  // Where no command is offered at all, the list says so.
  show(list, input, input.value.startsWith("/") && (shown.length > 0 || options(list).length === 0))
  if (!list.hidden) mark(list, input, shown.includes(chosen) ? chosen : shown[0])
}

function toggleCommands() {
  const input = writing()
  input.value = input.value.startsWith("/") ? "" : "/"
  input.focus()
  findCommands()
}

function takeCommand(option) {
  show(one("#commands"), writing(), false)
  writing().value = ""
  one("a", option).click()
}

let asked = 0

async function suggest(input) {
  const form = input.closest("form")
  const list = document.getElementById(input.getAttribute("aria-controls"))
  const name = input.dataset.option
  one(`input[name="option.${name}"]`, form).value = ""
  const query = new URLSearchParams(new FormData(form))
  query.delete(`option.${name}`)
  query.set("command", new URL(form.action).searchParams.get("command"))
  query.set("option", name)
  query.set("typed", input.value)
  const mine = ++asked
  const answer = await fetch(`${new URL(form.dataset.suggest, location).pathname}?${query}`)
  // Letters that were typed meanwhile have asked again.
  if (mine !== asked || !answer.ok) return
  list.innerHTML = await answer.text()
  show(list, input, true)
  mark(list, input, options(list)[0])
}

/** Takes a suggestion. */
function take(option) {
  const field = option.closest(".suggesting")
  const input = one("input[data-option]", field)
  input.value = option.textContent
  one("input[type=hidden]", field).value = option.dataset.value
  show(option.closest("ul"), input, false)
  input.focus()
}

on("input", ({ target }) => {
  if (target === writing()) findCommands()
  else if (target.dataset?.option) suggest(target)
  else if (target.dataset?.filter) filter(target)
})
on("focusin", ({ target }) => {
  if (target.dataset?.option && !target.value) suggest(target)
})
on("focusout", ({ target }) => {
  const list = target.dataset?.option && document.getElementById(target.getAttribute("aria-controls"))
  // A press on a suggestion takes the focus before it is heard of.
  if (list) setTimeout(() => show(list, target, false), 200)
})
document.addEventListener("keydown", (event) => {
  const { target } = event
  if (target === writing()) move(event, one("#commands"), target, takeCommand)
  else if (target.dataset?.option) move(event, document.getElementById(target.getAttribute("aria-controls")), target, take)
}, true)
on("change", ({ target }) => {
  if ("send" in (target.dataset ?? {})) target.form.requestSubmit()
})

/** Shows only those items of a list whose name has in it what was typed. */
function filter(input) {
  const wanted = input.value.trim().toLowerCase()
  for (const item of one(input.dataset.filter).children) item.hidden = !item.dataset.name.toLowerCase().includes(wanted)
}
