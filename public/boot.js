// Runs before the first paint: sets the theme, starts the app, and explains itself when the app
// cannot run here.
//
// Written in the JavaScript of 2009, so that a browser that lacks what the app needs can still run
// it and show the explanation. Invariant: it draws only while the app itself has drawn nothing.
(function () {
  "use strict";

  var root = document.documentElement;
  var app = document.currentScript.getAttribute("data-app");
  var workspace = document.currentScript.getAttribute("data-workspace").split(" ");
  var opensWorkspace = location.pathname.indexOf("/w/") === 0;

  var WORDS = {
    en: {
      lacking: "This browser cannot run Groundwork",
      lacks: "It lacks ",
      modern: "A current Firefox, Chrome, Edge or Safari can.",
      failed: "Groundwork did not start",
      connection: "The app could not be loaded or started. Check the connection, then try again.",
      safe: "Nothing is lost: what this browser keeps has not been touched.",
      again: "Try again"
    },
    de: {
      lacking: "In diesem Browser läuft Groundwork nicht",
      lacks: "Ihm fehlt ",
      modern: "Ein aktueller Firefox, Chrome, Edge oder Safari kann es.",
      failed: "Groundwork ist nicht gestartet",
      connection: "Die App ließ sich nicht laden oder starten. Bitte die Verbindung prüfen und es noch einmal versuchen.",
      safe: "Es ist nichts verloren: Was dieser Browser aufbewahrt, wurde nicht angerührt.",
      again: "Noch einmal versuchen"
    },
    es: {
      lacking: "Groundwork no funciona en este navegador",
      lacks: "Le falta ",
      modern: "Funciona en una versión actual de Firefox, Chrome, Edge o Safari.",
      failed: "Groundwork no se ha iniciado",
      connection: "No se ha podido cargar o iniciar la aplicación. Comprueba la conexión y vuelve a intentarlo.",
      safe: "No se ha perdido nada: lo que guarda este navegador no se ha tocado.",
      again: "Volver a intentarlo"
    }
  };

  // Storage can be switched off; then the defaults hold.
  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch (refused) {
      return null;
    }
  }

  // The language that the app will speak: the one chosen here, else the first preferred that we
  // have. `i18n::Language::preferred` decides alike.
  function language() {
    var chosen = stored("groundwork.language");
    var tags = chosen ? [chosen] : navigator.languages || [];
    for (var i = 0; i < tags.length; i++) {
      var base = tags[i].split("-")[0];
      if (WORDS[base]) return base;
    }
    return "en";
  }

  function words() {
    return WORDS[language()];
  }

  // What the app asks for as soon as it runs comes while it is still being fetched itself.
  function preload() {
    var assets = JSON.parse(document.getElementById("assets").textContent);
    var addresses = [assets["words." + language()]];
    if (opensWorkspace) addresses = addresses.concat(assets.catalogue, workspace);
    // Whoever was here before has a picture of the workspace, and the code that reads it at hand.
    var worker = navigator.serviceWorker;
    if (opensWorkspace && worker && worker.controller && assets.views) addresses.push(assets.views);
    addresses.forEach(function (address) {
      var link = document.createElement("link");
      link.rel = "preload";
      link.as = "fetch";
      link.crossOrigin = "anonymous";
      link.href = address;
      document.head.appendChild(link);
    });
  }

  function missing() {
    var needs = {
      WebAssembly: typeof WebAssembly === "object",
      IndexedDB: "indexedDB" in window,
      BigInt: typeof BigInt === "function",
      BroadcastChannel: typeof BroadcastChannel === "function",
      "<dialog>": typeof HTMLDialogElement === "function",
      "light-dark()": !!window.CSS && CSS.supports("color", "light-dark(white, black)"),
      modules: "noModule" in HTMLScriptElement.prototype
    };
    return Object.keys(needs).filter(function (name) {
      return !needs[name];
    });
  }

  function element(name, text) {
    var made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function explain(title, lines, retry) {
    var place = document.getElementById("app");
    if (place.firstElementChild && !document.getElementById("skeleton")) return;
    var notice = element("main", "");
    notice.className = "boot-notice";
    notice.setAttribute("role", "alert");
    notice.appendChild(element("h1", title));
    lines.forEach(function (line) {
      notice.appendChild(element("p", line));
    });
    if (retry) {
      var button = element("button", words().again);
      button.className = "ui-button";
      button.onclick = tryAgain;
      notice.appendChild(button);
    }
    place.innerHTML = "";
    place.appendChild(notice);
  }

  // A new version that waits takes over first: it may be the one that mends what failed.
  function tryAgain() {
    function reload() {
      location.reload();
    }
    if (!("serviceWorker" in navigator)) return reload();
    navigator.serviceWorker.getRegistration().then(function (registration) {
      if (!registration || !registration.waiting) return reload();
      navigator.serviceWorker.addEventListener("controllerchange", reload);
      registration.waiting.postMessage({ type: "activate" });
    }, reload);
  }

  function whenParsed(run) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run);
    else run();
  }

  function explainFailure() {
    whenParsed(function () {
      explain(words().failed, [words().connection, words().safe], true);
    });
  }

  function start() {
    var script = document.createElement("script");
    script.type = "module";
    script.src = app;
    script.onerror = explainFailure;
    document.head.appendChild(script);
  }

  var theme = stored("groundwork.theme");
  if (theme === "light" || theme === "dark") root.setAttribute("data-theme", theme);

  if (stored("groundwork.views-folded")) root.setAttribute("data-views", "folded");

  // The frame of a workspace is drawn at once, so that nothing moves when it fills.
  if (opensWorkspace) root.setAttribute("data-boot", "workspace");

  var lacking = missing();
  if (lacking.length) {
    whenParsed(function () {
      var first = words().lacks + lacking.join(", ") + ".";
      explain(words().lacking, [first, words().modern, words().safe], false);
    });
    return;
  }
  addEventListener("groundwork-failed", explainFailure);
  preload();
  start();
})();
