-- Driven in a real Neovim (0.7 to 0.12) on test/e2e/workspace: the server that the snippet of docs/editors.md starts is asked
-- by Neovim's own commands, and what a user would see is looked at. Prints `ok NAME` or `FAILED NAME: reason`, one a line.

local DEADLINE_MS = 60000

local function report(name, check)
  local passed, reason = pcall(check)
  io.stdout:write((passed and "ok " .. name or "FAILED " .. name .. ": " .. tostring(reason)) .. "\n")
end

local function until_true(what, condition)
  if not vim.wait(DEADLINE_MS, condition, 20) then error("not so in time: " .. what) end
end

local function put_cursor_on(word, line_with)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(line_with, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { number, line:find(word, column, true) - 1 })
      return
    end
  end
  error(line_with .. " is not in the buffer")
end

local function floating_text()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n")
    end
  end
  return ""
end

local function close_floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then vim.api.nvim_win_close(window, true) end
  end
end

local function buffer_text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
end

local function stowplan()
  local clients = vim.lsp.get_clients and vim.lsp.get_clients() or vim.lsp.get_active_clients()
  for _, client in ipairs(clients) do
    if client.name == "stowplan" and client.initialized then return client end
  end
end

local function diagnostic_messages()
  return table.concat(vim.tbl_map(function(found) return found.message end, vim.diagnostic.get(0)), "\n")
end

report("the snippet starts the server for a Rust file", function()
  until_true("a client is attached", function() return stowplan() ~= nil end)
end)

report("a hover shows the layout", function()
  put_cursor_on("Session", "pub struct Session")
  vim.lsp.buf.hover()
  until_true("the hover is open", function() return floating_text():find("64 B", 1, true) ~= nil end)
  assert(floating_text():find("41    17  peer: Option<IpAddr>", 1, true), floating_text())
  assert(not floating_text():find("command:", 1, true), floating_text())
  close_floating()
end)

report("the oversized variant is a diagnostic", function()
  until_true("the diagnostic is there", function() return diagnostic_messages():find("Blob is 1024 B", 1, true) ~= nil end)
end)

if vim.lsp.inlay_hint then
  report("inlay hints are drawn", function()
    vim.lsp.inlay_hint.enable(true)
    until_true("the hint is there", function()
      local labels = vim.tbl_map(function(found)
        local label = found.inlay_hint.label
        return type(label) == "string" and label or table.concat(vim.tbl_map(function(part) return part.value end, label))
      end, vim.lsp.inlay_hint.get())
      return vim.tbl_contains(labels, "64 B · 5 pad")
    end)
  end)
end

report("a code action boxes the variant, and the diagnostic goes", function()
  put_cursor_on("Blob", "Blob([u8")
  local asked
  vim.ui.select = function(items, options, choose)
    for index, item in ipairs(items) do
      local title = options.format_item and options.format_item(item) or tostring(item)
      if title:find("Box `Blob` payload (Message: 1032 B → 24 B", 1, true) then
        asked = title
        return choose(item, index)
      end
    end
    error("not offered")
  end
  vim.lsp.buf.code_action()
  until_true("the variant is boxed", function() return buffer_text():find("Blob(Box<[u8; 1024]>)", 1, true) ~= nil end)
  assert(asked, "the action was not chosen from the menu")
  until_true("the diagnostic is gone", function() return diagnostic_messages() == "" end)
end)

report("Neovim's end is the server's", function()
  local client = stowplan()
  vim.lsp.stop_client(client.id)
  until_true("the client is gone", function() return stowplan() == nil end)
end)

vim.cmd("qall!")
