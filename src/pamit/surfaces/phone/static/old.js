// For browsers that cannot run the rest: plain old script that says so.
(function () {
  var words = JSON.parse(document.getElementById("site").textContent).words;
  var able = "noModule" in document.createElement("script") && window.WebAssembly && window.Worker && window.indexedDB &&
    window.DecompressionStream && window.ReadableStream && navigator.locks && window.BroadcastChannel;
  if (able) return;
  document.documentElement.setAttribute("data-old", "");
  for (var language in words) {
    var told = document.createElement("p");
    told.className = "caution";
    told.lang = language;
    told.setAttribute("role", "alert");
    told.appendChild(document.createTextNode(words[language].too_old));
    document.getElementById("main").insertBefore(told, document.getElementById("main").firstChild);
  }
})();
