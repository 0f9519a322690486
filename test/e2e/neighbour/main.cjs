/** A second extension with hovers on Rust, as rust-analyzer has them: an ordinary selector, registered when a Rust file is opened. */
const { Hover, languages } = require("vscode");

exports.activate = (context) => {
  const provideHover = (document, position) => {
    const word = document.getText(document.getWordRangeAtPosition(position));
    return word === "Session" ? new Hover("A word of the neighbour's") : undefined;
  };
  context.subscriptions.push(languages.registerHoverProvider({ language: "rust" }, { provideHover }));
};
