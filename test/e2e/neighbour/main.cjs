/** A second extension with hovers on Rust, as rust-analyzer has them: an ordinary selector, registered when a Rust file is opened. */
const { Hover, languages } = require("vscode");

exports.activate = (context) => {
  const provider = { provideHover: () => new Hover("A word of the neighbour's") };
  context.subscriptions.push(languages.registerHoverProvider({ language: "rust" }, provider));
};
