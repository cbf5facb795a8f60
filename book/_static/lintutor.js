// Paper is white: a page read in dark mode prints in light, then turns back.
let themeOfScreen;

window.addEventListener("beforeprint", () => {
  themeOfScreen = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
});

window.addEventListener("afterprint", () => {
  document.documentElement.dataset.theme = themeOfScreen;
});
